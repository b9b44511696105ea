// The one place that opens event streams: the frames of a job, as they come.

/**
 * Watch a job; return what stops watching.
 * @param {number} job
 * @param {object} how
 * @param {(frame: Frame) => void} how.frame
 * @param {(isOver: boolean) => void} how.lost the connection broke; over: nobody connects again
 * @param {boolean} [how.replay] every frame since the job began
 */
export function watch(job, { frame, lost, replay = false }) {
  const source = new EventSource(`./jobs/${job}/events${replay ? "?replay=true" : ""}`);
  source.onmessage = (message) => frame(JSON.parse(message.data));
  source.onerror = () => lost(source.readyState === EventSource.CLOSED);
  source.addEventListener("end", () => source.close());
  return () => source.close();
}
