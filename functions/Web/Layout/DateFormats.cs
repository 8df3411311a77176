using System.Globalization;
using Microsoft.AspNetCore.Html;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>How dates are written for machines and, in English, for moderators; for readers see <see cref="SiteTexts"/>.</summary>
internal static class DateFormats
{
    /// <summary>May 22, 2009 at 2:46 PM</summary>
    public static string Moment(DateTimeOffset date) => SiteTexts.BuiltIn.Moment(date);

    /// <summary>2009-05-22T14:46:00+02:00, as markup, because Razor would write the plus sign as an entity.</summary>
    public static HtmlString Iso(DateTimeOffset date) =>
        new(date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
