import { useEffect, useState } from 'react';
import type { QrPath } from './qr-path.ts';

/**
 * A QR code, black on white in both schemes, as large as its place. The library that makes it is large and loaded only
 * here; until it is there `children` stand in the place.
 */
export function QrCode(props: {
  text: string;
  label: string;
  className?: string;
  children?: React.ReactNode;
}) {
  const { text, label, className } = props;
  const [drawn, setDrawn] = useState<{ text: string; qr: QrPath }>();
  useEffect(() => {
    let alive = true;
    void import('./qr-path.ts').then(({ qrPath }) => {
      if (alive) setDrawn({ text, qr: qrPath(text) });
    });
    return () => {
      alive = false;
    };
  }, [text]);
  if (drawn?.text !== text) return <div className={className}>{props.children}</div>;
  const { path, side } = drawn.qr;
  return (
    <svg
      className={className}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      data-testid="qr-code"
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" fillRule="evenodd" />
    </svg>
  );
}
