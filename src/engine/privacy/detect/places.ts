/** Postal addresses and codes, towns, coordinates: where people live. */
import { countOf, detect, type ObservedColumn, type ValueDetector } from './detector.ts';
import type { PersonalFinding } from '../../../shared/personal.ts';
import { fold } from './label.ts';

/** Words for streets: at the end of a word in Germanic languages, as a word of their own in others. */
const words = (...groups: string[]): string => groups.join(' ').split(' ').join('|');
const streets = {
  english: words(
    'street st avenue ave av road rd lane ln drive dr court ct boulevard blvd square sq terrace way parkway pkwy',
    'place pl close crescent highway hwy route row walk garden grove hill green mews mead meadow mount parade loop',
    'trail track circle plaza alley crossing crossroad bypass causeway cliff common corner cove creek estate',
    'expressway extension field fork ford freeway gateway glen harbor haven height inlet island isle junction key knoll',
    'lake landing light loaf lock lodge manor mall mill mission motorway mountain neck orchard oval overpass park pass path',
    'pike pine plain point port prairie radial ramp ranch rapid rest ridge river shoal shore spring spur station stravenue stream',
    'summit throughway trafficway tunnel turnpike underpass union valley via viaduct view village ville vista well drove fold',
  ),
  romance: words(
    'rue allee impasse quai chemin passage cours voie faubourg calle avenida avda paseo plaza camino carretera ronda',
    'travesia glorieta viale piazza corso vicolo largo strada borgo rua travessa alameda rodovia praca estrada rampa',
    'senda escalinata cuesta bajada subida barrio urbanizacion poligono pasaje puerta sector solar puente entrada',
    'salida riera lugar seccion edificio torrente caserio masia mercado arroyo parcela partida prolongacion quinta',
    'terrenos vereda extramuros grupo huerta jardines malecon manzana muelle parque rambla ramal rincon rinconada',
    'bloque colonia conjunto acceso arrabal barranco cerro aldea municipio lote etapa jardin callejon patio',
  ),
  germanic: words(
    'strasse str straat gasse weg platz allee ring damm ufer hof laan plein kade gracht dijk steeg dreef singel gatan',
    'vagen gata torg stigen berg feld stieg pfad markt park garten',
  ),
};
/** Of English streets as a word of its own, of Romance ones as the first word, of Germanic ones as an ending. */
const streetWord = new RegExp(
  `\\b(${streets.english})s?\\b|\\b(${streets.romance})\\b|(${streets.germanic})\\b|\\b(ulica|ul|aleja|plac|osiedle)\\b` +
    '|^(am|an der|im|in der|in den|auf der|auf dem|zum|zur|unter) ',
);
const dwelling =
  /\b(apt|suite|unit|flat|etage|piso|etg|apartment|appartement|apto)\b|\bs\/n\b|\d+o (dcha|izda)/;

/** A street with its house number; Chinese ones end in 路, 街, 巷, 道 or 号. */
export function isAddress(value: string): boolean {
  if (/[路街巷道弄村]/.test(value) && /\d|[号室楼]/.test(value)) return true;
  if (/\p{Script=Han}{2,}\d+号/u.test(value)) return true;
  if (!/\d/.test(value) || !/\p{L}{2}/u.test(value) || value.length > 200) return false;
  const plain = fold(value).replace(/[,.;]/g, ' ');
  const hasNumber = /^\d{1,5}[a-z]?\b|\b\d{1,5} ?[a-z]?( |$)|(s\/n|n ?o?\d+)/.test(plain);
  return hasNumber && (streetWord.test(plain) || dwelling.test(plain));
}

export const address: ValueDetector = {
  kind: 'address',
  label:
    /\b(address|addr|adresse|anschrift|adres|adress|direccion|domicilio|indirizzo|endereco|logradouro|street|strasse|str|rue|calle|rua|straat|gata|ulica|wohnadresse|home address|line)\b|(strasse|adresse|anschrift)\b|地址|住址/,
  notLabel: /\b(type|ip|mac|e mail|email|mail|web|verified|count|url|valid|status|view|wall)\b/,
  test: isAddress,
  loose: (value) => /\p{L}{3}|\p{Script=Han}{2}/u.test(value) && !value.includes('@') && value.length <= 200,
  alone: 0.6,
  named: 0.7,
  strength: 0.95,
  distinct: 0.05,
};

const codesByCountry: readonly RegExp[] = [
  /^(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/i, // United Kingdom
  /^[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d$/i, // Canada
  /^[1-9]\d{3} [A-Z]{2}$/, // Netherlands
];

export const postcode: ValueDetector = {
  kind: 'postcode',
  label:
    /\b(zip|zips|zipcode|zip code|postal|postal code|postcode|post code|postleitzahl|plz|code postal|codigo postal|cp|cap|cep|postnummer|postnr|kod pocztowy|pin code|pincode)\b|邮编|邮政编码/,
  notLabel: /\b(file|archive|count|format|size|income|population)\b/,
  test: (value) => codesByCountry.some((code) => code.test(value)),
  loose: (value) => /^(?=.*\d)[A-Z\d][A-Z\d -]{2,9}$/i.test(value) && value.length <= 10,
  alone: 0.9,
  named: 0.7,
  strength: 0.95,
};

export const city: ValueDetector = {
  kind: 'city',
  label:
    /\b(city|town|village|county|district|municipality|stadt|ort|wohnort|gemeinde|landkreis|ville|commune|localite|ciudad|localidad|municipio|citta|comune|cidade|plaats|woonplaats|gemeente|stad|kommun|miasto|birthplace|place of birth|geburtsort|lieu de naissance)\b|城市|市|区县/,
  notLabel: /\b(code|id|size|count|population|tier|type|rank|distance)\b/,
  test: () => false,
  loose: (value) => /^[\p{L}\p{M}][\p{L}\p{M}\s.'’()/-]{1,60}$/u.test(value),
  alone: Infinity,
  named: 0.8,
  strength: 0.8,
};

const coordinateLabel =
  /\b(lat|latitude|lon|lng|long|longitude|geo|gps|coord|coords|coordinates|coordinate|koordinaten|koordinate|breitengrad|langengrad|breite|lange|coordonnees|coordenadas|coordinate|geolocation|latlng|latlon|latitud|longitud|latitudine|longitudine)\b|纬度|经度|坐标/;

function degrees(text: string, most: number): boolean {
  return /^[+-]?\d{1,3}[.,]\d{2,}$/.test(text) && Math.abs(Number(text.replace(',', '.'))) <= most;
}

/** Latitude and longitude in one value. */
export function isCoordinatePair(value: string): boolean {
  const found =
    /^\(?\s*([+-]?\d{1,3}\.\d{3,})°?\s*[NSns]?\s*[,; ]\s*([+-]?\d{1,3}\.\d{3,})°?\s*[EWewOo]?\s*\)?$/.exec(
      value,
    );
  if (found) return Math.abs(Number(found[1])) <= 90 && Math.abs(Number(found[2])) <= 180;
  return /^POINT ?\(-?\d+\.\d+ -?\d+\.\d+\)$/i.test(value);
}

const pair: ValueDetector = {
  kind: 'coordinates',
  label: coordinateLabel,
  test: isCoordinatePair,
  alone: 0.8,
  named: 0.6,
  strength: 0.98,
};

/** Pairs in one column, or one half of them under its name. */
export function findCoordinates(column: ObservedColumn): PersonalFinding | undefined {
  const found = detect(pair, column);
  if (found) return found;
  if (!coordinateLabel.test(column.label) || column.kind !== 'decimal') return undefined;
  const single = { ...pair, test: (value: string): boolean => degrees(value, 180) };
  return countOf(column.values, single.test) > 0 ? detect(single, column) : undefined;
}
