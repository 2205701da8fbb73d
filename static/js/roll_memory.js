// Ticks that are not sent yet, kept on this phone by live session, ticker and person: ids, no names.
const KIND = "roll";

export function memoryOf(roll) {
  const prefix = `${KIND}:${roll}:`;
  const [liveSession] = roll.split(":");
  const shelf = openShelf();
  const names = (begin) => shelf.names().filter((name) => name.startsWith(begin));
  return {
    keep: (person, isHere, at) => shelf.put(prefix + person, `${isHere ? 1 : 0} ${at}`),
    all: () => names(prefix).map((name) => read(name.slice(prefix.length), shelf.get(name))),
    // Only what was sent is forgotten: the box may have been touched again meanwhile.
    forget: ({ person, isHere, at }) => {
      if (shelf.get(prefix + person) === `${isHere ? 1 : 0} ${at}`) shelf.drop(prefix + person);
    },
    countOthers: () => names(`${KIND}:${liveSession}:`).length - names(prefix).length,
  };
}

const read = (person, words) => {
  const [here, at] = words.split(" ");
  return { person, isHere: here === "1", at };
};

// A browser that keeps nothing (private window, full) still sends what this page holds.
function openShelf() {
  const loose = new Map();
  const safely = (step, otherwise) => { try { return step(); } catch { return otherwise; } };
  return {
    put: (name, words) => safely(() => localStorage.setItem(name, words), loose.set(name, words)),
    get: (name) => safely(() => localStorage.getItem(name), null) ?? loose.get(name) ?? null,
    drop: (name) => { loose.delete(name); safely(() => localStorage.removeItem(name)); },
    names: () => [...new Set([...loose.keys(), ...safely(() => Object.keys(localStorage), [])])],
  };
}
