import type { ClosedClasses } from './closed-classes.ts';

export const THAI: ClosedClasses = {
  particles:
    'สี ที่ ใน ของ และ กับ เป็น อยู่ คือ มี ได้ ให้ จาก โดย บน ใต้ ข้าง ด้วย นี้ นั้น นี่ นั่น โน้น หนึ่ง มาก การ ความ ผู้ นัก ว่า แต่ หรือ ก็ จะ ไม่ ซึ่ง ถึง แล้ว ไป มา กำลัง',
  determiners: '',
  both: '',
  negators: 'ไม่มี',
  expressions: [
    { words: 'ตัว อัน คัน ใบ หลัง ลูก เล่ม ดอก ต้น ผืน คู่ ชิ้น แผ่น ลำ สาย ก้อน องค์ ฉบับ เครื่อง', before: 'หนึ่ง นี้ นั้น' },
  ],
};
