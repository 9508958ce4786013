import { expect, test } from "vitest";
import { DisposalStack } from "../../src/di/disposal-stack.js";

test("what was opened last is closed first, a failure keeps nothing open, and all failures are told", async () => {
  const closed: string[] = [];
  const stack = new DisposalStack();
  const opened = (name: string, failure?: Error) => ({
    async [Symbol.asyncDispose]() {
      closed.push(name);
      if (failure) throw failure;
    },
  });
  const failure = new Error("stuck");
  stack.use(opened("first"));
  stack.use(opened("second", failure));
  stack.use({ [Symbol.dispose]: () => void closed.push("third") });
  stack.use({ nothing: "to close" });
  const error: unknown = await stack[Symbol.asyncDispose]().catch((thrown: unknown) => thrown);
  expect(closed).toEqual(["third", "second", "first"]);
  expect(error).toMatchObject({ errors: [failure] });
});
