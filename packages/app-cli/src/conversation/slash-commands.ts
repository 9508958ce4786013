/** What can be typed instead of a message. */
export type ConversationCommand = keyof typeof commands;

const commands = {
  "/retry": "ask the last message again (so does an empty line after an answer that stopped or failed)",
  "/clear": "begin a new conversation",
  "/help": "print this",
  "/exit": "leave (so does Ctrl-D)",
} as const;

export function isCommand(message: string): message is ConversationCommand {
  return Object.hasOwn(commands, message);
}

/** What looks like a command; a path or a sentence that begins with a slash does not. */
export const unknownCommand: RegExp = /^\/[a-z]+\s*$/;

/** What `/help` prints. */
export const helpText: string = [
  ...Object.entries(commands).map(([name, purpose]) => `${name.padEnd(8)}${purpose}`),
  "A backslash at the end of a line continues the message. Ctrl-C stops an answer and keeps what came, Ctrl-Z goes back to the shell; arrow up brings back what you typed.",
].join("\n");
