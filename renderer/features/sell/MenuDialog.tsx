/** What a till does besides selling, by one digit. */
export function MenuDialog(_props: { onClose: () => void }) {
  return null;
}
