import { describe, expect, it } from 'vitest';
import { optionNames } from './options.ts';
import { differences, profileFromYaml, profileYaml } from './profile-file.ts';
import { basicChoices, Profile, type ProfileChoices } from './profile.ts';
import { type ActionCode } from './table.ts';

const ours: ProfileChoices = {
  name: 'Ours: “quoted”',
  options: new Set(optionNames),
  overrides: new Map<number, ActionCode>([
    [0x00080080, 'K'],
    [0x00100010, 'D'],
    [0x00080070, 'X'],
  ]),
};

describe('a profile as YAML', () => {
  it('comes back as it was', () => {
    const read = profileFromYaml(profileYaml(ours));
    expect(read.name).toBe(ours.name);
    expect([...read.options]).toEqual([...optionNames]);
    expect(differences(read)).toEqual(differences(ours));
  });

  it('says beside each difference what the standard does', () => {
    const yaml = profileYaml({ ...ours, options: new Set() });
    expect(yaml).toMatch(/\(0008,0080\).*K # Institution Name; the standard: X\/Z\/D/);
    expect(yaml).toMatch(/\(0008,0070\).*X # Manufacturer; the standard: not listed/);
  });

  it('holds no attribute that is treated as the standard says', () => {
    expect(differences({ ...basicChoices, overrides: new Map([[0x00080080, 'X/Z/D']]) })).toEqual([]);
    expect(differences(ours).map(({ tag }) => tag)).toEqual([0x00080070, 0x00100010]);
  });

  it('overrides what the standard does', () => {
    const profile = new Profile(profileFromYaml(profileYaml(ours)));
    expect(profile.handling(0x00080070, undefined, undefined)).toBe('remove');
    expect(profile.handling(0x00100010, undefined, undefined)).toBe('dummy');
  });

  it.each([
    ['a: [', /line 1/],
    ['[]', /not as it should be/],
    ['semblanceProfile: 2\nname: x', /semblanceProfile/],
    ['semblanceProfile: 1\nname: x\noptions: [keep-all]', /keep-all/],
    ['semblanceProfile: 1\nname: x\nattributes: { "(0029,1010)": K }', /\(0029,1010\)/],
    ['semblanceProfile: 1\nname: x\nattributes: { PatientName: K }', /PatientName/],
    ['semblanceProfile: 1\nname: x\nattributes: { "(0010,0010)": Q }', /“Q”/],
    ['a: &a [1]\nb: *a', /line 1/],
  ])('is refused where it is none: %j', (text, words) => {
    expect(() => profileFromYaml(text)).toThrow(words);
  });
});
