using CustomerService.Forms;

namespace CustomerService.Surveys.Sheets;

/// <summary>Headings of printed tables.</summary>
internal static class SheetColumns
{
    extension(FormTexts texts)
    {
        /// <summary>A column whose heading is the text <c>sheet.{key}</c>.</summary>
        public SheetColumn Column(string key, int span = 1) => new(key, texts.Say("sheet." + key), span);
    }
}
