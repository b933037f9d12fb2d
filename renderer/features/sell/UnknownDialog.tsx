/** Goods with a code nobody knows: whose they are and what they cost; resolved later. */
export function UnknownDialog(_props: { code: string; onClose: () => void }) {
  return null;
}
