/** Columns that look like personal data and are none. */
import type { Faker } from '@faker-js/faker';
import type { Random } from './random.ts';

export interface LookAlike {
  names: readonly string[];
  make: () => string;
}

export function lookAlikes(faker: Faker, random: Random): LookAlike[] {
  const { digits, below, pick } = random;
  const letters = (count: number): string =>
    Array.from({ length: count }, () => pick([...'ABCDEFGHJKLMNPRSTUVWXYZ'])).join('');
  const notLuhn = (): string => {
    const body = `4${digits(14)}`;
    const sum = [...body].reverse().reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return body + String((((10 - (sum % 10)) % 10) + 1 + below(9)) % 10);
  };
  return [
    { names: ['product_code', 'sku', 'article_no'], make: () => `${letters(3)}-${digits(5)}` },
    { names: ['part', 'value', 'code_a'], make: () => `${letters(2)}${digits(6)}${letters(1)}9` },
    { names: ['order_no', 'order_number', 'value'], make: () => `2023-${digits(6)}` },
    { names: ['invoice', 'ref', 'x7'], make: () => digits(10) },
    { names: ['booking', 'value', 'ticket'], make: () => digits(11) },
    { names: ['batch', 'lot', 'value'], make: () => digits(12) },
    { names: ['transaction', 'value', 'tx'], make: notLuhn },
    { names: ['quantity', 'steps', 'value'], make: () => String(10_000 + below(90_000)) },
    { names: ['amount', 'price', 'balance'], make: () => (below(100_000) / 100).toFixed(2) },
    { names: ['score', 'temperature', 'rate'], make: () => (below(18_000) / 100 - 90).toFixed(4) },
    { names: ['product_name', 'item', 'article'], make: () => faker.commerce.productName() },
    { names: ['company', 'employer_name', 'company_name', 'value'], make: () => faker.company.name() },
    { names: ['job_title', 'position', 'value'], make: () => faker.person.jobTitle() },
    { names: ['department', 'category', 'value'], make: () => faker.commerce.department() },
    { names: ['country', 'country_name', 'value'], make: () => faker.location.country() },
    { names: ['animal', 'species', 'value'], make: () => faker.animal.type() },
    { names: ['dog', 'breed', 'value'], make: () => faker.animal.dog() },
    { names: ['vehicle', 'car_model', 'value'], make: () => faker.vehicle.vehicle() },
    { names: ['song', 'title', 'track'], make: () => faker.music.songName() },
    { names: ['colour', 'color', 'value'], make: () => faker.color.human() },
    { names: ['version', 'firmware', 'value'], make: () => `${below(12)}.${below(20)}.${below(9)}.${below(30)}` },
    { names: ['app_version', 'release'], make: () => `${below(9)}.${below(30)}.${below(100)}` },
    { names: ['ean', 'barcode', 'value'], make: () => faker.commerce.isbn({ separator: '' }) },
    { names: ['isbn', 'book'], make: () => faker.commerce.isbn() },
    { names: ['hash', 'checksum', 'value'], make: () => faker.string.hexadecimal({ length: 32, prefix: '', casing: 'lower' }) },
    { names: ['file', 'path', 'value'], make: () => faker.system.filePath() },
    { names: ['phone_model', 'mobile_os', 'phone_brand'], make: () => `${pick(['Pixel', 'Galaxy', 'iPhone', 'Nokia'])} ${below(20)}` },
    { names: ['phone_calls', 'call_minutes', 'phone_count'], make: () => String(below(200)) },
    { names: ['email_opened', 'email_verified'], make: () => pick(['yes', 'no']) },
    { names: ['age_group', 'age_band'], make: () => pick(['18-29', '30-44', '45-59', '60+']) },
    { names: ['account_type', 'account_status'], make: () => pick(['checking', 'savings', 'business']) },
    { names: ['account_balance', 'account_limit'], make: () => String(below(90_000)) },
    { names: ['card_type', 'card_brand'], make: () => pick(['visa', 'mastercard', 'amex']) },
    { names: ['vehicle_age', 'building_age', 'account_age'], make: () => String(below(60)) },
    { names: ['address_type', 'address_valid'], make: () => pick(['home', 'work', 'billing']) },
    { names: ['diagnosis_code', 'icd10', 'value'], make: () => `${pick([...'ABCEIJKM'])}${two(below(99))}.${below(9)}` },
    { names: ['dimensions', 'size', 'value'], make: () => `${below(90)}-${below(90)}-${below(900)}` },
    { names: ['time', 'start_time'], make: () => `${two(below(24))}:${two(below(60))}` },
    { names: ['currency', 'value'], make: () => faker.finance.currencyCode() },
    { names: ['description', 'comment', 'remarks'], make: () => faker.lorem.sentence(12) },
    { names: ['file_name', 'host_name', 'server'], make: () => `${faker.lorem.slug(2)}-${below(99)}` },
    { names: ['city_code', 'region_code', 'value'], make: () => `${letters(2)}${below(9)}` },
    { names: ['postcode_count', 'zip_file_size'], make: () => String(below(99_999)) },
    { names: ['birth_weight', 'birth_order'], make: () => String(1500 + below(3000)) },
    { names: ['sensor_id', 'machine', 'value'], make: () => `S${digits(4)}` },
  ]; // prettier-ignore
}

const two = (value: number): string => String(value).padStart(2, '0');
