import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryHome, towards, waiting } from "./support/chatport.js";
import { type Answer, type OpenAIServer, startOpenAIServer } from "./support/openai-server.js";
import { keys, TerminalScreen, type TerminalRun } from "./support/terminal-screen.js";

async function openConversation(answer: Answer, run: Partial<TerminalRun> = {}): Promise<{ screen: TerminalScreen; server: OpenAIServer }> {
  const server = await startOpenAIServer(answer);
  const home = await temporaryHome();
  const screen = new TerminalScreen({ args: [], home: home.path, settings: towards(server), ...run });
  onTestFinished(async () => {
    screen.kill();
    await server[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });
  return { screen, server };
}

/** Answers what was said last, in capitals. */
const shout: Answer = (reply, { body }) => reply.answer([String(body.messages.at(-1)?.content).toUpperCase()]);

/** What the server got in its latest request. */
function said({ requests }: OpenAIServer): unknown[] {
  return requests.at(-1)?.body.messages.map(({ role, content }) => [role, content]) ?? [];
}

test("a line is answered, the next one knows what was said, Ctrl-D leaves", async () => {
  const { screen, server } = await openConversation(shout, { args: ["--system", "Shout"] });
  await screen.isReady();
  expect(screen.text).toContain("openai");
  screen.type(`hello${keys.enter}`);
  await screen.shows("> hello\nHELLO\n>");
  screen.type(`again${keys.enter}`);
  await screen.shows("> again\nAGAIN\n>");
  expect(said(server).slice(1)).toEqual([
    ["user", "hello"],
    ["assistant", "HELLO"],
    ["user", "again"],
  ]);
  screen.type(keys.ctrlD);
  expect(await screen.ended).toBe(0);
});

describe("Ctrl-C", () => {
  test("stops the answer and keeps what came, on the screen and in the conversation", async () => {
    const released = Promise.withResolvers<void>();
    const { screen, server } = await openConversation(async (reply, request) => {
      if (server.requests.length > 1) return shout(reply, request);
      reply.say("Once upon a");
      await reply.closed;
      released.resolve();
    });
    await screen.isReady();
    screen.type(`tell${keys.enter}`);
    await screen.shows("Once upon a");
    screen.type(keys.ctrlC);
    await released.promise;
    await screen.shows(/> tell\nOnce upon a\n.*asks again\n>$/);
    screen.type(`go on${keys.enter}`);
    await screen.shows("GO ON");
    expect(said(server)).toEqual([
      ["user", "tell"],
      ["assistant", "Once upon a"],
      ["user", "go on"],
    ]);
  });

  test("before the first word drops the question from what is sent, not from what can be asked again", async () => {
    const { screen, server } = await openConversation(async (reply, request) => {
      if (server.requests.length > 1) return shout(reply, request);
      reply.raw(": nothing yet\n\n");
      await reply.closed;
    });
    await screen.isReady();
    screen.type(`wrong${keys.enter}`);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), waiting);
    screen.type(keys.ctrlC);
    await screen.shows(/asks again\n>$/);
    screen.type(`right${keys.enter}`);
    await screen.shows(/RIGHT\n>$/);
    expect(said(server)).toEqual([["user", "right"]]);
    screen.type(`${keys.up}${keys.up}`);
    await screen.shows(/> wrong$/);
  });

  test("at the prompt drops the line, and on an empty one tells how to leave", async () => {
    const { screen, server } = await openConversation(shout);
    await screen.isReady();
    screen.type(`typo${keys.ctrlC}`);
    await screen.shows(/> typo\^C\n>$/);
    screen.type(keys.ctrlC);
    await screen.shows(/Ctrl-D leaves\)\n>$/);
    screen.type(`hi${keys.enter}`);
    await screen.shows("HI");
    expect(said(server)).toEqual([["user", "hi"]]);
  });
});

describe("what was typed is not lost", () => {
  test("arrow up brings it back", async () => {
    const { screen } = await openConversation(shout);
    await screen.isReady();
    screen.type(`hello${keys.enter}`);
    await screen.shows(/HELLO\n>$/);
    screen.type(keys.up);
    await screen.shows(/> hello$/);
    expect(screen.text.match(/> hello/g)).toHaveLength(2);
  });

  test("a failure is told, the conversation goes on, and an empty line asks again", async () => {
    const { screen, server } = await openConversation((reply, request) => {
      if (server.requests.length === 1) reply.json(400, { error: { message: "not today" } });
      else void shout(reply, request);
    });
    await screen.isReady();
    screen.type(`hello${keys.enter}`);
    await screen.shows(/not today[^]*\n>$/);
    screen.type(keys.enter);
    await screen.shows(/HELLO\n>$/);
    expect(said(server)).toEqual([["user", "hello"]]);
  });

  test("what is typed while an answer streams appears after it, and complete lines are sent", async () => {
    const goOn = Promise.withResolvers<void>();
    const { screen, server } = await openConversation(async (reply, request) => {
      if (server.requests.length > 1) return shout(reply, request);
      reply.say("slow");
      await goOn.promise;
      reply.say(" answer");
      reply.finish();
    });
    await screen.isReady();
    screen.type(`one${keys.enter}`);
    await screen.shows("slow");
    screen.type(`two${keys.enter}thr`);
    goOn.resolve();
    await screen.shows(/> one\nslow answer\n> two\nTWO\n> thr$/);
    screen.type(`ee${keys.enter}`);
    await screen.shows("THREE");
    expect(said(server).at(-1)).toEqual(["user", "three"]);
  });
});

describe("a message of several lines", () => {
  test("goes on after a backslash", async () => {
    const { screen, server } = await openConversation(shout);
    await screen.isReady();
    screen.type(`one\\${keys.enter}two${keys.enter}`);
    await screen.shows("ONE\nTWO");
    expect(said(server)).toEqual([["user", "one\ntwo"]]);
  });

  test("may be pasted, and is sent by the next Enter", async () => {
    const { screen, server } = await openConversation(shout);
    await screen.isReady();
    screen.type("\u001b[200~one\rtwo\r\rthree\u001b[201~");
    await screen.shows("… three");
    expect(server.requests).toHaveLength(0);
    screen.type(keys.enter);
    await screen.shows("ONE\nTWO\n\nTHREE");
    expect(said(server)).toEqual([["user", "one\ntwo\n\nthree"]]);
  });

  test.each([
    ["pasted", "\u001b[200~one\rtwo\r\rthree\u001b[201~"],
    ["continued", `one\\${keys.enter}two\\${keys.enter}\\${keys.enter}three`],
  ])("that was %s comes back whole with arrow up, as do the ones before it", async (_how, typed) => {
    const { screen, server } = await openConversation((reply) => reply.answer(["ok"]));
    await screen.isReady();
    screen.type(`first${keys.enter}`);
    await screen.shows(/ok\n>$/);
    screen.type(typed);
    await screen.shows("… three");
    screen.type(keys.enter);
    await screen.shows(/three\nok\n>$/);
    screen.type(keys.up);
    await screen.shows(/> one\n.*two\n.*\n.*three$/);
    screen.type(keys.enter);
    await vi.waitFor(() => expect(server.requests).toHaveLength(3), waiting);
    expect(said(server).at(-1)).toEqual(["user", "one\ntwo\n\nthree"]);
    await screen.isReady();
    // Within a message of several lines the arrow goes up line by line.
    screen.type(keys.up.repeat(5));
    await screen.shows(/ok\n> first$/);
  });
});

describe("Ctrl-Z", () => {
  /** Stops under a shell with job control, which says so, waits for a line, and goes on. */
  const shell = `set -m; "$NODE" "$PROGRAM"; echo "in the shell"; read -r line; echo "read $line"; fg; echo "status $?"`;

  test("goes back to the shell, and fg to the line that was typed", async () => {
    const { screen, server } = await openConversation(shout, { shell });
    await screen.isReady();
    screen.type("hel");
    await screen.shows(/> hel$/);
    screen.type(keys.ctrlZ);
    await screen.shows("in the shell");
    screen.type(`a line${keys.enter}`);
    await screen.shows(/read a line[^]*\n> hel$/);
    screen.type(`lo${keys.enter}`);
    await screen.shows(/> hello\nHELLO\n>$/);
    expect(said(server)).toEqual([["user", "hello"]]);
    screen.type(keys.ctrlD);
    await screen.shows("status 0");
  });

  test("in the middle of an answer shows no prompt in it", async () => {
    const goOn = Promise.withResolvers<void>();
    const { screen } = await openConversation(
      async (reply) => {
        reply.say("Once upon");
        await goOn.promise;
        reply.say(" a time");
        reply.finish();
      },
      { shell },
    );
    await screen.isReady();
    screen.type(`tell${keys.enter}`);
    await screen.shows("Once upon");
    screen.type(keys.ctrlZ);
    await screen.shows("in the shell");
    screen.type(`x${keys.enter}`);
    await screen.shows("read x");
    // The terminal is the program's again once it asks for marked pastes again.
    await vi.waitFor(() => expect(screen.written.split("\u001b[?2004h")).toHaveLength(3), waiting);
    goOn.resolve();
    await screen.shows(/ a time\n>$/);
    expect(screen.text).not.toMatch(/> *a time/);
  });

  test("where there is no shell to go back to changes nothing", async () => {
    const { screen } = await openConversation(shout);
    await screen.isReady();
    screen.type(`hel${keys.ctrlZ}`);
    await vi.waitFor(() => expect(screen.written.split("\u001b[?2004h")).toHaveLength(3), waiting);
    screen.type(`lo${keys.enter}`);
    await screen.shows(/> hello\nHELLO\n>$/);
  });
});

test("commands: /help, /clear, /retry, /exit; an unknown one is not sent", async () => {
  const { screen, server } = await openConversation(shout);
  await screen.isReady();
  screen.type(`/help${keys.enter}`);
  await screen.shows("/retry");
  screen.type(`/frobnicate${keys.enter}`);
  await screen.shows("there is no command /frobnicate");
  screen.type(`hello${keys.enter}`);
  await screen.shows(/HELLO\n>$/);
  screen.type(`/retry${keys.enter}`);
  await screen.shows(/> \/retry\nHELLO\n>$/);
  expect(server.requests.map(({ body }) => body.messages)).toEqual([
    [{ role: "user", content: "hello" }],
    [{ role: "user", content: "hello" }],
  ]);
  screen.type(`/clear${keys.enter}`);
  await screen.shows("a new conversation");
  screen.type(`fresh${keys.enter}`);
  await screen.shows("FRESH");
  expect(said(server)).toEqual([["user", "fresh"]]);
  screen.type(`/exit${keys.enter}`);
  expect(await screen.ended).toBe(0);
});

describe("leaving", () => {
  test("in the middle of an answer stops it", async () => {
    const released = Promise.withResolvers<void>();
    const { screen } = await openConversation(async (reply) => {
      reply.say("Once");
      await reply.closed;
      released.resolve();
    });
    await screen.isReady();
    screen.type(`tell${keys.enter}`);
    await screen.shows("Once");
    screen.type(keys.ctrlD);
    expect(await screen.ended).toBe(0);
    await released.promise;
    await screen.shows(/> tell\nOnce$/);
  });

  test("by SIGTERM gives the terminal back", async () => {
    const { screen } = await openConversation(shout);
    await screen.isReady();
    screen.kill("SIGTERM");
    expect(await screen.ended).toBe(143);
    await screen.shows(">");
    expect(screen.written).toContain("\u001b[?2004l");
  });
});

test("what an answer holds for the terminal to obey does not reach it", async () => {
  const { screen } = await openConversation((reply) =>
    reply.answer(["safe \u001b]52;c;aGFja", "2Vk\u0007\u001b[2J\u001b[", "31mtext\u009b2J", "\u001b]0;title\u001b\\ end\r!"]),
  );
  await screen.isReady();
  screen.type(`hi${keys.enter}`);
  await screen.shows(/> hi\nsafe text end!\n>$/);
  for (const sequence of ["\u001b]52", "\u001b[2J", "\u001b[31m", "\u009b", "\u001b]0"]) expect(screen.written).not.toContain(sequence);
});

test("reasoning is shown dimmed, on lines of its own", async () => {
  const { screen } = await openConversation((reply) => {
    reply.chunk({ delta: { reasoning_content: "Let me think" }, finish_reason: null });
    reply.answer(["Done"]);
  });
  await screen.isReady();
  screen.type(`hi${keys.enter}`);
  await screen.shows(/> hi\nLet me think\nDone\n>$/);
  expect(screen.written).toContain("\u001b[2mLet me think");
});

test("a one-shot answer in a terminal names who answers, and nothing stays behind", async () => {
  const { screen } = await openConversation(shout, { args: ["hello"] });
  expect(await screen.ended).toBe(0);
  await screen.shows(/openai \(.+\)[^]*\nHELLO$/);
});

test("in a terminal the guide is named once, and the reason for it told once", async () => {
  const { screen } = await openConversation(shout, { args: ["--no-color", "What is a ChatProvider?"], settings: {}, columns: 200 });
  expect(await screen.ended).toBe(0);
  await screen.shows(/^chatport: guide\nchatport: no provider is configured, so the built-in guide answers;/);
  expect(screen.text.match(/no provider is configured/g)).toHaveLength(1);
});

test("who waits for another attempt is told why", async () => {
  const { screen, server } = await openConversation(
    (reply, request) => {
      if (server.requests.length > 1) return shout(reply, request);
      reply.json(503, { error: { message: "too busy" } }, { "retry-after-ms": "20" });
    },
    { args: ["hello"] },
  );
  expect(await screen.ended).toBe(0);
  await screen.shows(/too busy.* - trying again in 0\.\d s\nHELLO$/);
});

test.each([
  ["NO_COLOR", { NO_COLOR: "1" }, []],
  ["TERM=dumb", { TERM: "dumb" }, []],
  ["--no-color", {}, ["--no-color"]],
])("%s means no colour", async (_name, settings, args) => {
  const server = await startOpenAIServer(shout);
  onTestFinished(() => server[Symbol.asyncDispose]());
  await using home = await temporaryHome();
  const screen = new TerminalScreen({ args: [...args, "hello"], home: home.path, settings: { ...towards(server), ...settings } });
  await screen.ended;
  expect(screen.written).toContain("HELLO");
  expect(screen.written).not.toContain("\u001b[");
});
