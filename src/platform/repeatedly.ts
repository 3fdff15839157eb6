/** Does `work` at once and then again and again, `pauseMs` after the last time, until it is stopped. */
export function repeatedly(
  pauseMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): { stop(): void } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    await work().catch(failed);
    if (!isStopped) timer = setTimeout(() => void once(), pauseMs).unref();
  };
  void once();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
