import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bar, escaped, markup, page } from './html-page.ts';

it('escapes every text, in elements and attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const made = markup`<p title="${text}">${text}</p>`.html;
      expect(made.match(/[<>]/g)).toHaveLength(4);
      expect(made.match(/"/g)).toHaveLength(2);
      // eslint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(made).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }),
  );
  expect(escaped(`<img src=x onerror="alert('1')">&amp;\0\ud800`)).toBe(
    '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;amp;\ufffd\ufffd',
  );
});

it('is a page that runs nothing and loads nothing', () => {
  const made = page('<Title>', 'zh-Hans', [markup`<p>${['a', bar(0.5), 3]}</p>`]);
  expect(made).toMatch(/^<!doctype html>\n<html lang="zh-Hans">/);
  expect(made).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]{43}=&#39;;/);
  expect(made).toContain('<title>&#60;Title&#62;</title>');
  expect(made).toContain('prefers-color-scheme: dark');
  expect(made).not.toMatch(/<script|<link|<iframe|<img|@import|url\(|https?:|\son\w+=/i);
});
