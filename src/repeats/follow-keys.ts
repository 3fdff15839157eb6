/** The key in the links of a follower's mails: made from matter and address each time, so that the store holds none. */
export interface FollowKeys {
  followKey(matterId: string, mail: string): string;
  /** Of a key: finds its follower. */
  followerId(key: string): string;
  /** The key in the link of a weekly digest, for all that an address follows. */
  digestKey(mail: string): string;
  digestId(key: string): string;
}
