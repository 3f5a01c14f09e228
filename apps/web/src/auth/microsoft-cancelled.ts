/** What the person did not finish at Microsoft. A file of its own: who tells it from other errors need not fetch Microsoft's library. */
export class MicrosoftCancelled extends Error {
  override readonly name = "MicrosoftCancelled";
}
