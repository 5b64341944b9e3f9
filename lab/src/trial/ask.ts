const answerMs = 2_000;

/**
 * Whether a GET gets a 2xx answer within 2 s; refused, cut off or too late count as not.
 * Throws the signal's reason when it is aborted.
 */
export const answersWell = async (url: string, signal: AbortSignal): Promise<boolean> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    signal.throwIfAborted();
    return false;
  }
};
