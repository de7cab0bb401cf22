// A tag manager in small: once the page is there, it puts the custom HTML of its tags into it, scripts and all.
const { cdn, inbox, host } = document.currentScript.dataset;

// What somebody typed into a "Custom HTML" tag.
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
