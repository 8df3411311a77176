using Microsoft.AspNetCore.Html;

namespace ServerlessBlog.Web.Layout;

/// <summary>
/// Formats dates for machines. For people see <see cref="ServerlessBlog.Texts.SiteTexts"/>.
/// </summary>
internal static class DateFormats
{
    /// <summary>
    /// Date, time and offset in ISO 8601, such as <c>2009-05-22T14:46:00+02:00</c>. Returned as markup, because Razor
    /// would encode the plus sign.
    /// </summary>
    public static HtmlString Iso(DateTimeOffset date) =>
        new(date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
