/** The lists of names, unpacked once. Look up with `fold`ed words. */
import { familyNames } from './family-names.ts';
import { eitherGivenNames, femaleGivenNames, maleGivenNames } from './given-names.ts';

export type Sex = 'female' | 'male';

const split = (text: string): string[] => text.trim().split(/\s+/);

let given: Map<string, Sex | 'either'> | undefined;
let family: Set<string> | undefined;

function givenNames(): Map<string, Sex | 'either'> {
  given ??= new Map([
    ...split(femaleGivenNames).map((name): [string, Sex] => [name, 'female']),
    ...split(maleGivenNames).map((name): [string, Sex] => [name, 'male']),
    ...split(eitherGivenNames).map((name): [string, 'either'] => [name, 'either']),
  ]);
  return given;
}

export function isGivenName(word: string): boolean {
  return givenNames().has(word);
}

export function isFamilyName(word: string): boolean {
  family ??= new Set(split(familyNames));
  return family.has(word);
}

/** The sex a given name is mostly given to; undefined where it is unknown or given to both. */
export function sexOfName(word: string): Sex | undefined {
  const found = givenNames().get(word);
  return found === 'either' ? undefined : found;
}

/**
 * Chinese family names: those of the Hundred Family Surnames (百家姓, eleventh century) in use today, and common ones
 * beside it.
 */
const chinese =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const chineseDouble = ['欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '夏侯', '端木', '长孙', '南宫', '轩辕', '百里', '闻人', '澹台', '公冶', '宗政', '濮阳', '淳于', '单于', '太叔', '申屠', '仲孙', '钟离', '宇文', '鲜于', '赫连', '万俟']; // prettier-ignore

/** Whether a text of Chinese characters begins with a family name. */
export function hasChineseFamilyName(text: string): boolean {
  return chinese.includes(text.charAt(0)) || chineseDouble.includes(text.slice(0, 2));
}

/** A name written in Chinese characters alone, taken apart; undefined for anything else. */
export function chineseName(text: string): { given: string; family: string } | undefined {
  const plain = text.replace(/[\s·]/g, '');
  if (!/^\p{Script=Han}{2,6}$/u.test(plain)) return undefined;
  const letters = [...plain];
  const family = letters.length > 2 && chineseDouble.includes(letters.slice(0, 2).join('')) ? 2 : 1;
  return { family: letters.slice(0, family).join(''), given: letters.slice(family).join('') };
}
