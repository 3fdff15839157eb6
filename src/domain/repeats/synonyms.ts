/** Words of petitions that say one thing, each line with the one they are compared by. */
const LINES = `
cycle: cyclist cyclists cycling bike bikes bicycle bicycles cycles
penalty: sentence sentences sentencing punishment penalties
fee: fees charge charges cost costs fare fares
abuser: paedophile paedophiles paedophilia
park: parking parks
lane: lanes path paths
test: tests screening screenings smear smears
frack: fracking fracturing
motorway: motorways
runway: runways airport airports
university: tuition universities
hospital: hospitals nhs
election: elections elect electoral electorate
school: schools
doctor: doctors gp gps
dog: dogs
eu: brexit european
vote: votes voting ballot
strike: strikes bomb bombing bombs military action air troops soldiers soldier army forces war
migrant: migrants immigrant immigrants immigration refugee refugees asylum
drug: drugs cannabis marijuana
car: cars vehicle vehicles
child: children kids minors
noise: noisy loud
garbage: rubbish waste litter trash
road: roads street streets
bus: buses
tree: trees
`;

const CANONICAL: ReadonlyMap<string, string> = new Map(
  LINES.trim()
    .split('\n')
    .flatMap((line) => {
      const [word = '', others = ''] = line.split(': ');
      return others.split(' ').map((other) => [other, word] as const);
    }),
);

export const canonical = (word: string): string => CANONICAL.get(word) ?? word;
