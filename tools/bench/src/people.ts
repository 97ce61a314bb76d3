/** Somebody that no vendor knows yet. */
export interface Person {
  /** In their name, their address and every id. */
  readonly name: string;
  /** Ten digits with dashes. */
  readonly phone: string;
  readonly email: string;
}

// Without those of the people whom the vendors know from the start.
const areas = Array.from({ length: 485 }, (_, index) => 501 + index).filter((area) => ![770, 912].includes(area));

/** Gives somebody new at every call. */
export type People = (stage: string) => Person;

/** Gives so many people that none is like another: the numbers kept for fiction, a hundred in each area code. */
export function createPeople(run: string): People {
  let count = 0;
  return (stage) => {
    const area = areas[Math.floor(count / 100)];
    if (area === undefined) throw new Error('there are no more telephone numbers kept for fiction');
    const phone = `${area}-555-01${String(count % 100).padStart(2, '0')}`;
    const name = `${run}-${stage}-${(count += 1)}`;
    return { name, phone, email: `${name}@example.com` };
  };
}

/** A recorded text of one person as that of another: whatever is theirs stands in it by name, phone or the phone's digits. */
export function asOf(person: Person, recorded: Person): (text: string) => string {
  const digits = ({ phone }: Person) => phone.replaceAll('-', '');
  const inPieces = ({ phone }: Person) => `${phone.slice(0, 3)}) ${phone.slice(4)}`;
  const pairs = [
    [recorded.name, person.name],
    [recorded.phone, person.phone],
    [digits(recorded), digits(person)],
    [inPieces(recorded), inPieces(person)],
  ] as const;
  return (text) => pairs.reduce((left, [from, to]) => left.replaceAll(from, to), text);
}
