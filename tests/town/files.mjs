// Documents of the town, made of nothing: PDF with and without text, DOCX, ODT,
// DOC, ZIP. Small, but right enough for anybody who opens them.
import zlib from 'node:zlib';

const CRC = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = CRC[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

const le = (size, value) => {
  const b = Buffer.alloc(size);
  b.writeUIntLE(value, 0, size);
  return b;
};

// A zip of {name: text or bytes}, deflated; names in UTF-8.
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = zlib.deflateRawSync(bytes);
    const common = Buffer.concat([le(2, 20), le(2, 0x800), le(2, 8), le(2, 0), le(2, 0x5521),
      le(4, crc32(bytes)), le(4, packed.length), le(4, bytes.length),
      le(2, Buffer.byteLength(name)), le(2, 0)]);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), le(2, 20), common, le(2, 0),
      le(2, 0), le(2, 0), le(4, 0), le(4, offset), Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06', 'latin1'), le(4, 0),
    le(2, directory.length), le(2, directory.length), le(4, central.length), le(4, offset), le(2, 0)]);
}

export function docx(text, modified = '2022-03-01T10:00:00Z') {
  return zip({
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
    'docProps/core.xml': `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${text}</dc:title><dcterms:modified xsi:type="dcterms:W3CDTF">${modified}</dcterms:modified></cp:coreProperties>`,
  });
}

export function odt(text) {
  return zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>${text}</text:p></office:text></office:body></office:document-content>`,
  });
}

// The header of the old binary Word format, and nothing behind it.
export const doc = () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1016),
  Buffer.from('WordDocument', 'utf16le'), Buffer.alloc(3072)]);

function pdfOf(objects) {
  let text = '%PDF-1.4\n';
  const places = [];
  objects.forEach((object, i) => {
    places.push(text.length);
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) text += `${String(place).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

const stream = (body, more = '') => `<< /Length ${body.length}${more} >>\nstream\n${body}\nendstream`;

// Codes of the font are those of Unicode, which its ToUnicode says.
const toUnicode = '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Town def ' +
  '1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end';
const hex = (text) => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(4, '0')).join('');
const WORDS = 'Программа повышения качества образования. Меры по снижению рисков низких образовательных результатов.';

export const pdf = (text = WORDS) => pdfOf([
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
  stream(`BT /F1 12 Tf 50 780 Td <${hex(text)}> Tj ET`),
  '<< /Type /Font /Subtype /Type0 /BaseFont /Town /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
  '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Town /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>',
  stream(toUnicode),
]);

// A page that is one picture.
export const scan = () => pdfOf([
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>',
  stream('q 595 0 0 842 0 0 cm /Im Do Q'),
  stream('\x00\x7f', ' /Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8'),
]);
