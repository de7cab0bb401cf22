import { parseSync, Visitor, type Plugin } from 'vite';

/** What no template here needs of Lit, as it stands in its file, and what stands there instead. */
const CUTS: [code: string, instead: string][] = [
  // `svg` and `mathml`: with the exports gone, nobody can ask for them.
  ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
  ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
  [
    'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
    'this.el=S.createElement(f,e),P.currentNode=this.el.content;',
  ],
  ['T as mathml,', ''],
  [',w as svg', ''],
  // Values inside of `<textarea>`, `<style>` and their like, of comments, and of tags themselves: `refuse` sees to it that there are none.
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'c=p'],
  ['c=n??v', 'c=v'],
  ['(c=p,n=void 0)', 'c=p'],
  [
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  [
    'if(r.data===n)d.push({type:2,index:l});else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
    'r.data===n&&d.push({type:2,index:l});',
  ],
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
  [':6===r.type&&(i=new Z(h,this,t))', ':0'],
  // Directives, which are refused as well.
  [
    'if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i',
    'return i',
  ],
  ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
  ['this._$AP?.(!1,!0,s)', ''],
  ['get startNode(){return this._$AA}get endNode(){return this._$AB}', ''],
  ['j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z},', ''],
  ['j as _$LH,', ''],
  ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t)', 'u(t)'],
  ['class k{get _$AU(){return this._$AM?._$AU??this._$Cv}', 'class k{'],
  [',this._$Cv=e?.isConnected??!0}', '}'],
  [
    'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}',
    '',
  ],
  ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
  // `noChange`, which only directives answer with.
  ['t!==this._$AH&&t!==E&&this._(t)', 't!==this._$AH&&this._(t)'],
  ['o=!a(t)||t!==this._$AH&&t!==E,', 'o=!a(t)||t!==this._$AH,'],
  ['r===E&&(r=this._$AH[n]),', ''],
  ['if((t=M(this,t,i,0)??A)===E)return;', 't=t??A;'],
  // What else is there for directives to ask or to answer.
  ['t=M(this,t,i),a(t)?', 'a(t)?'],
  ['t=M(this,t,i,0),o=', 'o='],
  ['r=M(this,e[s+n],i,n),', 'r=e[s+n],'],
  ['this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=i}', 'this._$AV=[],this._$AD=t}'],
  [
    'this.type=2,this._$AH=A,this._$AN=void 0,this._$AA=t,this._$AB=i,this._$AM=s,',
    'this._$AH=A,this._$AA=t,this._$AB=i,',
  ],
  [
    'this.type=1,this._$AH=A,this._$AN=void 0,this.element=t,this.name=i,this._$AM=e,',
    'this._$AH=A,this.element=t,this.name=i,',
  ],
  ['constructor(){super(...arguments),this.type=3}', ''],
  ['constructor(){super(...arguments),this.type=4}', ''],
  ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
  ['o&&!e&&this.j(t)', 'o&&this.j(t)'],
  // Listeners with options, which are objects.
  ['||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive', ''],
  [
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH.call(this.options?.host??this.element,t)',
  ],
  // Templates that were compiled beforehand, other lists than arrays, other documents, and roots shared with somebody.
  [
    'e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
    'e=this._$AC(t)',
  ],
  ['d(t)?this.k(t)', 'u(t)?this.k(t)'],
  ['(t?.creationScope??l).importNode', 'l.importNode'],
  ['const e=s?.renderBefore??i;let h=e._$litPart$;', 'let h=i._$litPart$;'],
  [
    'const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})',
    'i._$litPart$=h=new k(i.insertBefore(c(),null),null,void 0,s??{})',
  ],
  // Its policy of Trusted Types is made with the first template, not with the file: where a page forbids it, `doctor()` can still say so.
  ['const t=globalThis,', 'let e;const t=globalThis,'],
  ['s=t.trustedTypes,e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0,', 's=t.trustedTypes,'],
  [
    'return void 0!==e?e.createHTML(i):i',
    'return s?(e??=s.createPolicy("lit-html",{createHTML:t=>t})).createHTML(i):i',
  ],
  // What other packages would hang themselves on.
  ['B=t.litHtmlPolyfillSupport;B?.(S,k),', 'B=0;'],
];

/** The end of a piece of a template that has its value in raw text, in a comment, or bare in a tag. */
const DEAF =
  /<(script|style|textarea|title)\b[^>]*>[^<]*$|<!--[^>]*$|<[\w-]+(\s+[^\s=>]+(=("[^"]*"|[^\s">]*))?)*\s+$/i;

/**
 * Takes out of Lit what the templates here have no use for (a fiftieth of what a visitor downloads), and refuses templates that would have.
 * For the script-tag files only: from npm, Lit is the page's own.
 */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    enforce: 'pre',
    transform(code, id) {
      if (/\/lit-html\/(async-)?directive/.test(id))
        throw new Error(`${id}: directives are cut out of Lit (lean-lit.ts).`);
      if (!id.endsWith('/lit-html/lit-html.js')) return id.endsWith('.ts') ? refuse(code, id) : undefined;
      return CUTS.reduce((lean, [part, instead]) => {
        if (!lean.includes(part)) throw new Error(`${id} no longer has ${part}.`);
        return lean.replace(part, instead);
      }, code);
    },
  };
}

/** Values where Lit no longer looks for them. */
function refuse(code: string, id: string): undefined {
  if (!code.includes('html`')) return;
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type !== 'Identifier' || tag.name !== 'html') return;
      for (const { value, tail } of quasi.quasis) {
        if (!tail && DEAF.test(value.raw))
          throw new Error(`${id}: no value can stand after ${value.raw} (lean-lit.ts).`);
      }
    },
  }).visit(parseSync(id, code).program);
}
