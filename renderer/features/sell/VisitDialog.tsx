/** The bus or group that the next buyers belong to. */
export function VisitDialog(_props: { onClose: () => void }) {
  return null;
}
