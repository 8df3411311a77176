using Microsoft.AspNetCore.Html;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>
/// Formats dates for machines and, in English, for moderators. For readers see <see cref="SiteTexts"/>.
/// </summary>
internal static class DateFormats
{
    /// <summary>Date and time in English, such as <c>May 22, 2009 at 2:46 PM</c>.</summary>
    public static string Moment(DateTimeOffset date) => SiteTexts.BuiltIn.Moment(date);

    /// <summary>
    /// Date, time and offset in ISO 8601, such as <c>2009-05-22T14:46:00+02:00</c>. Returned as markup, because Razor
    /// would encode the plus sign.
    /// </summary>
    public static HtmlString Iso(DateTimeOffset date) =>
        new(date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
