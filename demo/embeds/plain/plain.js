// Calls made before the script has loaded are queued and run then.
window.livechat ??= function () {
  (livechat.q ??= []).push(arguments);
};

const show = (id, text) => (document.getElementById(id).textContent = text);

livechat('on', 'status', (event) => show('status', event.detail.status));
livechat('on', 'unread', (event) => show('unread', String(event.detail.count)));
livechat('on', 'message-sent', (event) => show('sent', event.detail.text));

document.getElementById('ask').addEventListener('click', () => {
  livechat('prefill', 'Where is my order 7?');
  livechat('open');
});
