/** The digits of a phone, without the country's leading 1. */
export function digitsOf(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}

/** As PestPac keeps phones: dashed when they have ten digits, otherwise as they were sent. */
export function storedPhone(phone: string): string {
  const digits = digitsOf(phone);
  return digits.length === 10 ? `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}` : phone.trim();
}
