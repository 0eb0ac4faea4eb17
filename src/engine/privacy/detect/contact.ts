/** E-mail and Internet addresses, telephone numbers: what people are reached by. */
import type { ValueDetector } from './detector.ts';

const emailExpression = /^[^@\s<>"(),;:]+@[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?(?:\.[\p{L}\d-]+)*\.\p{L}{2,}$/u;

export function isEmail(value: string): boolean {
  return value.length <= 254 && emailExpression.test(value);
}

export const email: ValueDetector = {
  kind: 'email',
  label: /\b(e mail|email|mail|courriel|correo|mailadresse|mailbox)\b|邮箱|邮件|メール/,
  test: isEmail,
  alone: 0.5,
  named: 0.3,
  strength: 1,
};

/** A number that announces itself: a country code, brackets, or groups as telephone numbers have them. */
export function isPhone(value: string): boolean {
  const plain = value.replace(/\s*(x|ext\.?|extension|#)\s*\d{1,6}$/i, '');
  if (!/^[+(\d][\d\s()/.-]*\d$/.test(plain)) return false;
  const digits = plain.replace(/\D/g, '').length;
  if (digits < 7 || digits > 15) return false;
  if (/^\+|^00[1-9]/.test(plain)) return digits >= 8;
  if (/^\(\+?\d{1,6}\)/.test(plain)) return true;
  if (/^(1[-. ])?[2-9]\d{2}[-.]\d{3}[-.]\d{4}$/.test(plain)) return true;
  // A national trunk zero and separated groups; dates have no more than two digits before their second separator.
  if (/^0\d{1,5}[\s/-]/.test(plain) && digits >= 9 && !/^0?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(plain))
    return true;
  // Mobile numbers of China; national numbers of ten digits with their zero; of Spain, nine from 6 to 9.
  return (
    /^1[3-9]\d{9}$/.test(plain) ||
    /^0[1-9]\d{8}$/.test(plain) ||
    /^[6-9]\d{2}([ .-]?)\d{3}\1\d{3}$/.test(plain) ||
    /^[6-9]\d{2}( \d{2}){3}$/.test(plain)
  );
}

/** Enough digits, and nothing but what stands in telephone numbers. */
function mayBePhone(value: string): boolean {
  const plain = value.replace(/\s*(x|ext\.?|extension|#)\s*\d{1,6}$/i, '');
  const digits = plain.replace(/\D/g, '').length;
  return /^[+(\d][\d\s()/.-]*$/.test(plain) && digits >= 6 && digits <= 15;
}

export const phone: ValueDetector = {
  kind: 'phone',
  label:
    /\b(tel|telefon|telefone|telefono|telephone|telefonnummer|telefoonnummer|phone|phones|mobile|mobil|mobiel|movil|celular|cellulare|cell|cellphone|fax|handy|handynummer|portable|rufnummer|contact (no|number)|fon)\b|电话|手机|号码|電話/,
  notLabel:
    /\b(model|brand|type|os|plan|count|calls|minutes|price|status|provider|app|device|verified|usage)\b/,
  test: isPhone,
  loose: mayBePhone,
  alone: 0.85,
  named: 0.6,
  strength: 0.95,
};

const urlExpression = /^(?:(?:https?|ftp):\/\/|www\.)[^\s/?#]+\.[^\s]+$/i;
const bareDomain = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?:\/\S*)?$/i;

export function isUrl(value: string): boolean {
  return urlExpression.test(value) || /^https?:\/\/\[?[\w:.-]+\]?(?:[/?#]\S*)?$/i.test(value);
}

export const url: ValueDetector = {
  kind: 'url',
  label:
    /\b(url|uri|web|website|webseite|web site|homepage|link|profile|site|sitio|lien|domain|avatar)\b|网址|网站/,
  test: isUrl,
  loose: (value) => bareDomain.test(value),
  alone: 0.7,
  named: 0.5,
  strength: 1,
};

const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

function isV4(value: string): boolean {
  return v4.test(value);
}

/** RFC 4291: eight groups of up to four hexadecimal digits, one run of zeros left out by `::`. */
export function isV6(value: string): boolean {
  const plain = value.replace(/%\w+$/, '');
  const halves = plain.split('::');
  if (!plain.includes(':') || halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = all.at(-1);
  const embedded = last !== undefined && isV4(last);
  const count = all.length + (embedded ? 1 : 0);
  const whole = embedded ? all.slice(0, -1) : all;
  return (
    whole.every((group) => /^[\da-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8)
  );
}

export function isIpAddress(value: string): boolean {
  return isV4(value) || isV6(value);
}

export const ipAddress: ValueDetector = {
  kind: 'ip-address',
  label:
    /\b(ip|ips|ipv|ip addr|ip address|ip adresse|host|client ip|remote addr|address ip|adresse ip|direccion ip)\b/,
  notLabel: /\b(version|release|firmware|build)\b/,
  // Versions have four parts, too, but small ones.
  test: (value) => isV6(value) || (isV4(value) && value.split('.').some((part) => Number(part) > 40)),
  loose: isIpAddress,
  alone: 0.8,
  named: 0.6,
  strength: 0.98,
};
