/** A signal that counts who listens to it. Listeners that the platform adds by itself (`AbortSignal.any`) are weak, and none. */
export function watchedSignal(): { readonly signal: AbortSignal; listeners(): number } {
  const { signal } = new AbortController();
  const listening = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const watched: Pick<AbortSignal, "addEventListener" | "removeEventListener"> = {
    addEventListener: (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions) => {
      listening.add(listener);
      add(type, listener, options);
    },
    removeEventListener: (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions) => {
      listening.delete(listener);
      remove(type, listener, options);
    },
  };
  return { signal: Object.assign(signal, watched), listeners: () => listening.size };
}
