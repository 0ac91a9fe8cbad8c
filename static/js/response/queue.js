/* What has been typed and not yet acknowledged: kept in this browser until the server has answered. */
import { csrf, newKey } from "./server.js";

const RETRY_SECONDS = [1, 2, 4, 8, 15, 30];
const BATCH = 400;

/* pending: address → {value, was, source, held}; sent: the batch that has no answer yet. */
export class Queue {
  constructor({ url, storageKey, base }) {
    Object.assign(this, { url, storageKey, base });
    this.onAnswer = () => {};
    this.onStatus = () => {};
    this.pending = {};
    this.sent = null;
    this.failures = 0;
    this.timer = null;
    this.isBusy = false;
    this.stopped = "";
    this.waiting = [];
    this.load();
    window.addEventListener("online", () => this.retryNow());
  }

  load() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.storageKey) || "null");
      if (!kept) return;
      this.pending = kept.pending || {};
      Object.values(this.pending).forEach((edit) => delete edit.held);
      this.sent = kept.sent || null;
    } catch {
      /* private mode or a broken record: nothing to restore */
    }
  }

  persist() {
    try {
      if (this.isClean) localStorage.removeItem(this.storageKey);
      else localStorage.setItem(this.storageKey, JSON.stringify({ pending: this.pending, sent: this.sent }));
    } catch {
      /* the quota is spent: the queue lives in memory, leaving the page warns */
    }
  }

  get isClean() {
    return !this.sent && Object.keys(this.pending).length === 0;
  }

  get ready() {
    return Object.entries(this.pending).filter(([, edit]) => !edit.held);
  }

  get isIdle() {
    return !this.sent && this.ready.length === 0;
  }

  /* Text of an address that the server does not have yet; undefined when there is none. */
  textOf(address) {
    if (this.pending[address]) return this.pending[address].value;
    const edit = this.sent && this.sent.edits.find((one) => one.address === address);
    return edit ? edit.value : undefined;
  }

  put(address, value, was, source, delay) {
    const earlier = this.pending[address];
    this.pending[address] = { value, was: earlier ? earlier.was : was, source };
    this.persist();
    this.schedule(delay);
  }

  /* Kept, but not sent again by itself: a fault to correct or a clash to settle. */
  hold(address, edit) {
    if (this.pending[address]) return;
    this.pending[address] = { ...edit, held: true };
    this.persist();
  }

  drop(address) {
    delete this.pending[address];
    this.persist();
  }

  schedule(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  retryNow() {
    if (!this.isIdle && !this.stopped) this.schedule(0);
  }

  /* Resolves with true when all is acknowledged, false when it can't be now. */
  flush() {
    if (this.isIdle) return Promise.resolve(true);
    if (this.stopped) return Promise.resolve(false);
    this.schedule(0);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  settle(outcome) {
    this.waiting.splice(0).forEach((resolve) => resolve(outcome));
  }

  take() {
    const edits = this.ready.slice(0, BATCH).map(([address, edit]) => ({ address, ...edit }));
    edits.forEach((edit) => delete this.pending[edit.address]);
    this.sent = { key: newKey(), edits };
    this.persist();
  }

  async send() {
    if (this.isBusy || this.stopped) return;
    if (!this.sent && this.ready.length === 0) return;
    if (!this.sent) this.take();
    this.isBusy = true;
    this.onStatus("saving");
    try {
      await this.exchange();
    } catch {
      this.failed();
    } finally {
      this.isBusy = false;
    }
    if (this.failures || this.stopped) return;
    if (this.isIdle) this.settle(true);
    else this.schedule(0);
  }

  async exchange() {
    const reply = await fetch(this.url, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), Accept: "application/json" },
      body: JSON.stringify({ ...this.sent, base: this.base }),
    });
    const isJson = (reply.headers.get("Content-Type") || "").startsWith("application/json");
    if (reply.type === "opaqueredirect" || ([401, 403].includes(reply.status) && !isJson)) return this.signedOut();
    if (!isJson || reply.status >= 500) throw new Error(String(reply.status));
    const answer = await reply.json();
    if (answer.told) return this.refused(answer.told);
    this.failures = 0;
    const { edits } = this.sent;
    this.sent = null;
    if (answer.base) this.base = answer.base;
    this.onAnswer(answer, edits);
    this.persist();
  }

  failed() {
    const seconds = RETRY_SECONDS[Math.min(this.failures, RETRY_SECONDS.length - 1)];
    this.failures += 1;
    this.onStatus("offline");
    this.settle(false);
    this.schedule(seconds * 1000);
  }

  signedOut() {
    this.failures += 1;
    this.onStatus("signed-out");
    this.settle(false);
    this.schedule(30000);
  }

  /* The server will not take it (closed, sent meanwhile): nothing is thrown away, nothing is tried again. */
  refused(told) {
    this.stopped = told;
    this.onStatus("refused", told);
    this.settle(false);
  }
}
