// Projects the territories of the world once, so that no page and no server has to.
//
// static/dist/world.json: {viewBox, countries: {MY: path, …}, centroids: {MY: [x, y], …}}
// static/dist/world.svg: the quiet land and its borders, which every map of circles refers to.
//
// Equal Earth keeps areas true. It is turned so that the edge runs through the Atlantic: Asia is
// whole and left of the middle, the Pacific is in one piece. Antarctica is left out.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature, merge, mesh } from "topojson-client";

const WIDTH = 1000;
const TURN = [-145, 0];
const ANTARCTICA = "010";
const DIST = new URL("../static/dist/", import.meta.url);
const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json")));
const territories = atlas.objects.countries.geometries.filter((one) => one.id !== ANTARCTICA);
const world = { type: "GeometryCollection", geometries: territories };

const projection = geoEqualEarth().rotate(TURN).fitWidth(WIDTH, feature(atlas, world));
const height = Math.ceil(geoPath(projection).bounds(feature(atlas, world))[1][1]);
const viewBox = `0 0 ${WIDTH} ${height}`;

// CLDR knows which letters belong to a number: "und-458" is Malaysia, "und-MY".
function letters(number) {
  const region = number ? new Intl.Locale(`und-${number}`).region : "";
  return /^[A-Z]{2}$/.test(region) ? region : "";
}

// A path in steps of 1/`fine` of a unit, relative; points nearer than `apart` steps are one point.
function pathOf(shape, fine, apart = 1) {
  const lines = [];
  const sink = {
    moveTo: (x, y) => lines.push([[x, y]]),
    lineTo: (x, y) => lines.at(-1).push([x, y]),
    closePath: () => { lines.at(-1).closed = true; },
    arc: () => {},
  };
  geoPath(projection, sink)(shape);
  return lines.map((line) => written(line, fine, apart)).join("");
}

function written(line, fine, apart) {
  const points = [];
  for (const [at, [x, y]] of line.entries()) {
    const point = [Math.round(x * fine), Math.round(y * fine)];
    const last = points.at(-1);
    const isEnd = at === line.length - 1 && !line.closed;
    if (!last || isEnd || Math.hypot(point[0] - last[0], point[1] - last[1]) >= apart) points.push(point);
  }
  const kept = withoutStraights(points);
  if (kept.length < (line.closed ? 3 : 2)) return "";
  const text = kept.map((point, at) => at ? steps(point, kept[at - 1], fine) : `M${decimal(point[0], fine)},${decimal(point[1], fine)}l`);
  return (text.join("") + (line.closed ? "z" : "")).replace("l ", "l");
}

// A point in the middle of a straight line says nothing.
const withoutStraights = (points) => points.filter((point, at) => {
  const [before, after] = [points[at - 1], points[at + 1]];
  if (!before || !after) return true;
  return (point[0] - before[0]) * (after[1] - point[1]) !== (point[1] - before[1]) * (after[0] - point[0]);
});

const decimal = (value, fine) => String(Number((value / fine).toFixed(2))).replace(/^(-?)0\./, "$1.");

function steps([x, y], [fromX, fromY], fine) {
  const [across, down] = [decimal(x - fromX, fine), decimal(y - fromY, fine)];
  return `${across.startsWith("-") ? "" : " "}${across}${down.startsWith("-") ? "" : " "}${down}`;
}

// Where the largest piece of land is not where most people live, the place is named here.
const HOMES = { MY: [101.9, 3.8], ID: [110.2, -7.3], US: [-96, 38.5], CA: [-95, 52], RU: [50, 55] };

// People are shown on the largest piece of land: France is not in the Atlantic.
function middleOf(territory, code) {
  if (HOMES[code]) return rounded(projection(HOMES[code]));
  const { type, coordinates } = territory.geometry;
  const pieces = type === "Polygon" ? [coordinates] : coordinates;
  const shapes = pieces.map((piece) => ({ type: "Polygon", coordinates: piece }));
  const largest = shapes.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
  return rounded(projection(geoCentroid(largest)));
}

const rounded = (point) => point.map((value) => Math.round(value * 10) / 10);

const countries = {};
const centroids = {};
for (const territory of feature(atlas, world).features) {
  const code = letters(territory.id);
  if (!code || code in centroids) continue;
  countries[code] = pathOf(territory, 10);
  centroids[code] = middleOf(territory, code);
}

const missing = ["SG", "MV", "HK", "MO", "BT", "TL", "BN"].filter((code) => !centroids[code]);
if (missing.length) throw new Error(`The atlas lacks ${missing.join(", ")}.`);

const land = pathOf(merge(atlas, territories), 2, 2.2);
const borders = pathOf(mesh(atlas, world, (one, other) => one !== other), 2, 2.2);
const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">`
  + `<path id="land" d="${land}"/><path id="borders" fill="none" d="${borders}"/></svg>\n`;

mkdirSync(DIST, { recursive: true });
writeFileSync(new URL("world.json", DIST), JSON.stringify({ viewBox, countries, centroids }));
writeFileSync(new URL("world.svg", DIST), picture);
