// The page's own buttons in an empty chat: each says what it says.
for (const button of document.querySelectorAll('[slot=intro] button')) {
  button.addEventListener('click', () => {
    document.querySelector('livechat-widget').sendMessage(button.textContent);
  });
}
