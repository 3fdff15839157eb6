/** Keys in the links of a writer's mails, made anew each time: the store holds none, and an address shows nobody's data. */
export interface MessageKeys {
  /** To say how one wishes to hear of a letter. */
  messagesKey(matterId: string): string;
  /** To rate one answer, known by its moment. */
  ratingKey(matterId: string, answeredAt: Date): string;
  isSameKey(given: string, right: string): boolean;
}
