import { describe, expect, test } from "vitest";
import { followBottom } from "../../src/browser/bottom-follower.js";

/** A document that is 100 pixels high on the screen, in a browser that clamps its position and tells of every change. */
class FakeDocument extends EventTarget {
  readonly clientHeight = 100;
  #height = 100;
  #top = 0;
  #frame: (() => void) | undefined;
  frames = 0;

  get scrollHeight(): number {
    return this.#height;
  }

  set scrollHeight(height: number) {
    this.#height = height;
    this.scrollTop = this.#top;
  }

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(top: number) {
    const before = this.#top;
    this.#top = Math.max(0, Math.min(top, this.#height - this.clientHeight));
    if (this.#top !== before) this.dispatchEvent(new Event("scroll"));
  }

  readonly nextFrame = (work: () => void): void => {
    this.frames += 1;
    this.#frame = work;
  };

  paint(): void {
    const work = this.#frame;
    this.#frame = undefined;
    work?.();
  }
}

function followed() {
  const document = new FakeDocument();
  const follower = followBottom(document, document, document.nextFrame);
  const grow = (by: number): void => {
    document.scrollHeight += by;
    follower.follow();
    document.paint();
  };
  grow(500);
  return { document, follower, grow };
}

describe("the page", () => {
  test("stays at the bottom of an answer that grows", () => {
    const { document, grow } = followed();
    expect(document.scrollTop).toBe(500);
    grow(40);
    expect(document.scrollTop).toBe(540);
  });

  test("stays where the reader has scrolled up to, in one go or little by little", () => {
    for (const steps of [[100], [2, 2]]) {
      const { document, grow } = followed();
      for (const step of steps) document.scrollTop -= step;
      const place = document.scrollTop;
      grow(40);
      expect(document.scrollTop).toBe(place);
    }
  });

  test("takes no drift of three pixels for a wish", () => {
    const { document, grow } = followed();
    document.scrollTop -= 3;
    grow(40);
    expect(document.scrollTop).toBe(540);
  });

  test("follows again when the reader is back at the bottom", () => {
    const { document, grow } = followed();
    document.scrollTop -= 100;
    grow(40);
    document.scrollTop = document.scrollHeight;
    grow(40);
    expect(document.scrollTop).toBe(580);
  });

  test("follows a new answer from wherever the reader is, and is not misled by the old one going", () => {
    const { document, follower, grow } = followed();
    document.scrollTop -= 100;
    follower.restart();
    document.paint();
    expect(document.scrollTop).toBe(500);
    document.scrollHeight = 100;
    grow(200);
    expect(document.scrollTop).toBe(200);
  });

  test("is moved once a frame, however many pieces come", () => {
    const { document, follower } = followed();
    const { frames } = document;
    for (let piece = 0; piece < 10; piece++) follower.follow();
    expect(document.frames).toBe(frames + 1);
  });
});
