import { describe, expect, test } from "vitest";
import { GrowingObject } from "../../src/http/growing-object.js";

describe("an object that grows", () => {
  test("adds text to text and items to lists, and keeps the order of its fields", () => {
    const object = new GrowingObject();
    object.set("type", "compaction");
    object.set("content", "so ");
    object.addText("content", "far");
    object.addItems("sources", [1]);
    object.addText("note", "n");
    object.addItems("sources", [2, 3]);
    object.set("type", "late");
    expect(Object.entries(object.toJson())).toEqual([
      ["type", "late"],
      ["content", "so far"],
      ["sources", [1, 2, 3]],
      ["note", "n"],
    ]);
  });

  test("replaces what is of another kind, and starts anew behind it", () => {
    const object = new GrowingObject();
    object.set("a", 5);
    object.addText("a", "five");
    expect(object.toJson()).toEqual({ a: "five" });
    object.addItems("a", ["x"]);
    expect(object.toJson()).toEqual({ a: ["x"] });
    object.addText("a", "y");
    object.set("a", null);
    object.addItems("a", []);
    expect(object.toJson()).toEqual({ a: [] });
  });

  test("adds to a list that was set", () => {
    const object = new GrowingObject();
    object.set("a", [1]);
    object.addItems("a", [2]);
    expect(object.toJson()).toEqual({ a: [1, 2] });
  });

  test("leaves a list alone that was handed to it", () => {
    const object = new GrowingObject();
    const given = [1];
    object.set("a", given);
    object.addItems("a", [2]);
    expect(given).toEqual([1]);
  });

  test("leaves a list alone that it told before another took its place", () => {
    const object = new GrowingObject();
    object.addItems("a", [1]);
    const { a: before } = object.toJson();
    object.set("a", []);
    object.addItems("a", [2]);
    expect(before).toEqual([1]);
    expect(object.toJson()).toEqual({ a: [2] });
  });

  test("takes fields of any name", () => {
    const object = new GrowingObject();
    object.addText("__proto__", "a");
    object.addText("__proto__", "b");
    expect(Object.entries(object.toJson())).toEqual([["__proto__", "ab"]]);
  });

  test("takes lists that are longer than a call may have arguments", () => {
    const object = new GrowingObject();
    const items = Array.from({ length: 200_000 }, () => 1);
    object.addItems("a", items);
    object.addItems("a", items);
    expect(object.toJson()["a"]).toHaveLength(400_000);
  });

  test("adds to its lists in place: a copy for each piece would cost as much as all pieces before it", () => {
    const object = new GrowingObject();
    object.addItems("a", [1]);
    const { a: before } = object.toJson();
    object.addItems("a", [2]);
    expect(object.toJson()["a"]).toBe(before);
  });
});
