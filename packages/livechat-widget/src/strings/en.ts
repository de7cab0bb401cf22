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
    unreachable: 'Cannot be reached right now',
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
  cut: (limit) => `The text was cut: a message has up to ${limit} characters`,
  queued: 'Waiting to be sent',
  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  failed: 'Not sent. It cannot be taken as it is.',
  failedTooLarge: 'Not sent. It is too long.',
  retry: 'Try again',
  edit: 'Edit',
  choices: 'Choose an answer',
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
  resolved: 'This conversation has ended. Write to start again.',
  newConversation: 'New conversation',
  loading: 'Loading the conversation…',
  offline: 'You are offline. What you write is sent when you are back.',
  reconnecting: 'The chat cannot be reached right now. What you write is kept.',
  unreachable: 'The chat cannot be reached right now. We keep trying.',
  refused: 'The chat is not available on this page.',
  partFailed: 'This could not be loaded. Please try again.',
  notKept: 'This browser keeps nothing: the chat is gone when you leave the page.',
  noFiles: 'Files cannot be sent in this chat yet. Please describe it in words.',
  form: 'Contact form',
  image: 'Picture',
  unreadable: 'This message cannot be shown.',
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}
