import { hasTwelveHours } from './clock.ts';
import type { Strings } from './strings.ts';

/** English. */
export const strings: Strings = {
  locale: 'en',
  conversation: 'Conversation',
  defaultTitle: 'Chat with us',
  tagline: 'We are here to help',
  availability: {
    refused: 'Not available here',
    offline: 'You are offline',
    unreachable: 'Unable to connect right now',
    away: 'We are away right now',
    back: (day, time) => `Back ${day} at ${time}`,
    today: 'today',
    tomorrow: 'tomorrow',
  },
  aiAgent: 'AI agent',
  agent: 'Support',
  assistant: 'Assistant',
  you: 'You',
  close: 'Close chat',
  menu: 'Options',
  greeting: 'Hello! How can we help?',
  composer: 'Write a message…',
  send: 'Send',
  charactersLeft: (count) => `${count} characters left`,
  tooLong: (count) => `${count} characters too long`,
  cut: (limit) => `The text was shortened: a message can have ${limit} characters`,
  queued: 'Waiting to be sent',
  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  failed: 'Not sent. Edit the message and try again.',
  failedTooLarge: 'Not sent. The message is too long.',
  retry: 'Try again',
  edit: 'Edit',
  choices: 'Choose an option',
  chosen: 'chosen',
  typing: (name) => `${name} is typing`,
  joined: (name) => `${name} has joined the conversation.`,
  newMessages: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  latest: 'Latest',
  older: 'Loading earlier messages…',
  today: 'Today',
  yesterday: 'Yesterday',
  time: (hours, minutes, region = navigator.language) =>
    hasTwelveHours(region)
      ? `${hours % 12 || 12}:${two(minutes)} ${hours < 12 ? 'AM' : 'PM'}`
      : `${two(hours)}:${two(minutes)}`,
  resolved: 'This conversation has ended. Send a message to start again.',
  newConversation: 'New conversation',
  loading: 'Loading the conversation…',
  offline: 'You are offline. Your messages will be sent when you are back online.',
  reconnecting: 'Unable to connect to the chat right now. Your messages are saved.',
  unreachable: 'Unable to connect to the chat right now. We will keep trying.',
  refused: 'The chat is not available on this page.',
  partFailed: 'This could not be loaded. Please try again.',
  notKept: 'This browser blocks storage. The chat will be lost when you leave the page.',
  noFiles: 'This chat does not support files yet. Please describe it in a message.',
  form: 'Contact form',
  image: 'Picture',
  unreadable: 'This message cannot be shown.',
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}
