// Who pays whom, in sentences and before anything else.
interface Payment {
  from: string;
  to: string;
  amount: string;
}

/** "2777500.00" as £2,777,500.00 */
export function inPounds(amount: string): string {
  const negative = amount.startsWith('-');
  const [whole, part] = amount.replace('-', '').split('.');
  const text = `£${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part && Number(part) ? `.${part}` : ''}`;
  return negative ? `(${text})` : text;
}

export function Payments({ json }: { json: Record<string, unknown> | null }) {
  const payments = (json?.payments as Payment[] | undefined) ?? [];
  if (!payments.length) return null;
  return (
    <ul>
      {payments.map((p, i) => (
        <li key={i}>
          <strong>
            {p.from} pays {p.to} {inPounds(p.amount)}
          </strong>
        </li>
      ))}
    </ul>
  );
}
