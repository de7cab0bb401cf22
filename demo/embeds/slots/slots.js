// The page's own buttons in an empty chat. Each sends its own text.
for (const button of document.querySelectorAll('[slot=intro] button')) {
  button.addEventListener('click', () => {
    document.querySelector('livechat-widget').sendMessage(button.textContent);
  });
}
