import { PDFDocument, StandardFonts, rgb } from 'pdf-lib';

/** A real PDF of one page, as a rep would have it signed. */
export async function signedPdf(title: string, customer: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([612, 792]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  page.drawText(title, { x: 60, y: 700, size: 26, font: bold });
  page.drawText(`between Example Home Improvement and ${customer.replace(/[^\x20-\x7e]/g, '')}`, {
    x: 60,
    y: 665,
    size: 12,
    font,
  });
  page.drawText('Six double-hung windows, white, installed.', { x: 60, y: 620, size: 12, font });
  page.drawLine({ start: { x: 60, y: 180 }, end: { x: 320, y: 180 }, thickness: 1 });
  page.drawText('Signed at the kitchen table', { x: 60, y: 162, size: 10, font, color: rgb(0.35, 0.35, 0.35) });
  return pdf.save();
}
