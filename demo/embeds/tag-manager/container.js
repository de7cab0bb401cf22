// A small tag manager: after the page has loaded, it inserts the custom HTML of its tags, with scripts.
const { cdn, inbox, host } = document.currentScript.dataset;

// The content of a "Custom HTML" tag.
const customHtml = `<script>
  (function () {
    var tag = document.createElement('script');
    tag.async = true;
    tag.src = '${cdn}/livechat.js';
    tag.setAttribute('data-inbox', '${inbox}');
    tag.setAttribute('data-host', '${host}');
    document.head.appendChild(tag);
  })();
</script>`;

function fire() {
  document.body.append(document.createRange().createContextualFragment(customHtml));
}

if (document.readyState === 'complete') fire();
else addEventListener('load', fire);
