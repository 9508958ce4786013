/** What scrolls: as much of the document's scrolling element as following needs. Lengths are in CSS pixels. */
export interface ScrollView {
  scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

export interface BottomFollower {
  /** The content has grown. */
  follow(): void;
  /** Follows again, wherever the reader is: something new begins. */
  restart(): void;
}

/**
 * Keeps the end of a growing page in view, unless the reader has scrolled up; at the bottom again, it follows again. A drift of up to three pixels is a
 * trembling hand or a rounding browser, and no wish.
 *
 * @param scrolls tells of `scroll` events.
 * @param nextFrame runs work once before the next frame is painted: an answer comes in more pieces than there are frames.
 */
export function followBottom(view: ScrollView, scrolls: EventTarget, nextFrame: (work: () => void) => void): BottomFollower {
  let isFollowing = true;
  let isScheduled = false;
  let lowest = view.scrollTop;
  const look = (): void => {
    const distance = view.scrollHeight - view.clientHeight - view.scrollTop;
    if (distance <= 1) isFollowing = true;
    else if (view.scrollTop < lowest - 3) isFollowing = false;
    // What was cleared may have moved the reader up: that is the bottom of a shorter page.
    lowest = isFollowing && distance > 1 ? Math.max(lowest, view.scrollTop) : view.scrollTop;
  };
  const follow = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    nextFrame(() => {
      isScheduled = false;
      // The reader may have moved since the last event.
      look();
      if (!isFollowing) return;
      view.scrollTop = view.scrollHeight;
      lowest = view.scrollTop;
    });
  };
  scrolls.addEventListener("scroll", look, { passive: true });
  return {
    follow,
    restart() {
      lowest = 0;
      isFollowing = true;
      follow();
    },
  };
}
