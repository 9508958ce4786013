import { assistantMessage, type Message } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { Transcript } from "../../src/conversation/transcript.js";

/** Messages as `role: text`. */
function said({ messages }: Transcript): string[] {
  return messages.map((message: Message) => {
    const words = message.content.map((part) => ("text" in part ? part.text : part.type));
    return `${message.role}: ${words.join("|")}`;
  });
}

describe("Transcript", () => {
  test("sends all that was said, after the instructions", () => {
    const transcript = new Transcript("Be brief");
    transcript.say("one");
    transcript.answered(assistantMessage("1"));
    transcript.say("two");
    expect(said(transcript)).toEqual(["system: Be brief", "user: one", "assistant: 1", "user: two"]);
  });

  test("keeps what came of an answer that was stopped, and leaves it out when asked again", () => {
    const transcript = new Transcript();
    transcript.say("one");
    transcript.cutOff(assistantMessage("half"));
    expect(transcript.isOpen).toBe(true);
    expect(said(transcript)).toEqual(["user: one", "assistant: half"]);
    expect(transcript.askAgain()).toBe(true);
    expect(said(transcript)).toEqual(["user: one"]);
  });

  test("sends a message that was not answered together with the next, so that the speakers take turns", () => {
    const transcript = new Transcript();
    transcript.say("one");
    transcript.cutOff(assistantMessage([]));
    transcript.say("two");
    expect(said(transcript)).toEqual(["user: one\n\ntwo"]);
  });

  test("does not send again what was set aside, unless asked to", () => {
    const transcript = new Transcript();
    transcript.say("far too long");
    transcript.setAside();
    expect(transcript.isOpen).toBe(true);
    expect(said(transcript)).toEqual(["user: far too long"]);
    transcript.say("short");
    expect(said(transcript)).toEqual(["user: short"]);
  });

  test("sets only the last message aside, not what was said before it and is still to be answered", () => {
    const transcript = new Transcript();
    transcript.say("one");
    transcript.cutOff(assistantMessage([]));
    transcript.say("stopped");
    transcript.setAside();
    transcript.say("two");
    expect(said(transcript)).toEqual(["user: one\n\ntwo"]);
  });

  test("keeps what was set aside once it was asked again", () => {
    const transcript = new Transcript();
    transcript.say("one");
    transcript.setAside();
    transcript.askAgain();
    transcript.say("two");
    expect(said(transcript)).toEqual(["user: one\n\ntwo"]);
  });

  test("has nothing to ask again at first, nor after it was cleared", () => {
    const transcript = new Transcript();
    expect(transcript.askAgain()).toBe(false);
    transcript.say("one");
    transcript.clear();
    expect(transcript.askAgain()).toBe(false);
    expect(transcript.isOpen).toBe(false);
    expect(said(transcript)).toEqual([]);
  });
});
