import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PseudonymMap } from './pseudonym-map.ts';
import { Pseudonyms } from './pseudonyms.ts';

function keyOf(secret: string): { mac(purpose: string, text: string): Uint8Array } {
  return { mac: (purpose, text) => createHmac('sha256', secret).update(`${purpose}\0${text}`).digest() };
}

const of = (id: string, issuer = '') => ({ id, issuer });

describe('pseudonyms', () => {
  it('hang on the secret and the value alone', () => {
    const [one, again, other] = [keyOf('a'), keyOf('a'), keyOf('b')].map((key) => new Pseudonyms(key));
    expect(one?.uid('1.2.3')).toBe(again?.uid('1.2.3\0'));
    expect(one?.uid('1.2.3')).not.toBe(other?.uid('1.2.3'));
    expect(one?.uid('1.2.3')).toMatch(/^2\.25\.[1-9]\d{1,38}$/);
    expect(one?.patient(of('A1 '))).toBe(again?.patient(of('A1')));
    expect(one?.patient(of('A1'))).toMatch(/^P\d{15}$/);
    expect(one?.days(of('A1'))).toBeLessThanOrEqual(-30);
  });

  it('tell patients of one ID apart by who gave it, and the days they move by', () => {
    const names = new Pseudonyms(keyOf('a'));
    const made = [of('A1'), of('A1', 'North'), of('A1', 'South')].map((patient) => names.patient(patient));
    expect(new Set(made).size).toBe(3);
    expect(names.patient(of('A1 ', ' North'))).toBe(made[1]);
    expect(names.days(of('A1', 'North'))).not.toBe(names.days(of('A1', 'South')));
  });

  it('go into a map with the columns of MIDI-B', () => {
    const map = new PseudonymMap();
    const names = new Pseudonyms(keyOf('a'), (kind, old, made) => {
      map.add(kind, old, made);
    });
    const made = names.patient(of('A,1'));
    names.patient(of('A,1'));
    expect(map.csv('patient')).toBe(`id_old,id_new\r\n"A,1",${made}\r\n`);
  });

  it('of one ID of two issuers are two, under that ID in the map', () => {
    const map = new PseudonymMap();
    const names = new Pseudonyms(keyOf('a'), (kind, old, made) => {
      map.add(kind, old, made);
    });
    const made = [of('7', 'South'), of('7', 'North'), of('7')].map((patient) => names.patient(patient));
    const lines = made.sort().map((one) => `7,${one}\r\n`);
    expect(map.csv('patient')).toBe(`id_old,id_new\r\n${lines.join('')}`);
  });
});
