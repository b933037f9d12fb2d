/** A discount on the chosen line or the whole sale, or another price for the line. */
export function DiscountDialog(_props: { onClose: () => void }) {
  return null;
}
