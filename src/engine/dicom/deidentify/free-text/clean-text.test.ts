import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('free text', () => {
  const known = { words: new Set(['head', 'jane', 'miller']), identifiers: ['mrn-77'] };

  it('keeps the words of radiology', () => {
    const text = 'CT Chest with contrast, axial 5mm T1 L5 B50f 3D 0.5 mm';
    expect(cleanText(text, known)).toMatchObject({ text, removed: 0 });
  });

  it('takes out names, numbers, dates, phones and addresses, and says so', () => {
    for (const secret of [
      'Jane Miller', 'HEAD', 'mrn-77', 'AB123456', '12/03/2019', '3 March 2019', 'Mar 3, 2019', '1987',
      '+1 (555) 010-9999', 'j.miller@example.org', 'www.example.org/x', 'Zbigniew', '王小明', 'Straßmann',
    ]) {
      const cleaned = cleanText(`Chest ${secret} normal`, known);
      expect(cleaned.text).toBe('Chest [removed] normal');
      expect(cleaned.kept).toEqual(['Chest', 'normal']);
    } // prettier-ignore
  });

  it('knows names that are words as well by titles, initials, neighbours and how they are written', () => {
    const none = { words: new Set<string>(), identifiers: [] };
    const cleaned = (text: string) => cleanText(text, none).text;
    for (const [text, clean] of [
      ['Dr. Young asked; lower back pain', 'Dr. [removed] asked; lower back pain'],
      ['ask Dr tristian russel', 'ask Dr [removed]'],
      ['daughter of R. Vass, pneumonia', 'daughter of R. [removed], pneumonia'],
      ['approved by BOI PANTALEONE', 'approved by [removed]'],
      ['approved by Saraiva, Ana Clara', 'approved by [removed]'],
      ['CT Chest for Baker', 'CT Chest for [removed]'],
      ['c/o Hand^Miller', 'c/o [removed]'],
      ['daughter Carbon_Dulina', 'daughter [removed]'],
    ])
      expect(cleaned(text ?? '')).toBe(clean);
    for (const text of [
      'Good image quality',
      'DR CHEST PA',
      'HEAD W/O',
      'Prostate boost 70 Gy',
      'XR hand',
      'An effusion',
    ])
      expect(cleaned(text)).toBe(text);
  });

  it('stays within what the VR takes', () => {
    expect(cleanText('CT Zbigniew Chest', known, 16).text).toBe('CT Chest');
  });
});
