namespace ServerlessBlog.Web.Content;

/// <summary>The lead picture of a post, shown above its text.</summary>
/// <param name="Address">The address of the picture.</param>
/// <param name="Alt">The alternative text; empty when the picture is decoration.</param>
/// <param name="CreditText">The credit line; null for none.</param>
/// <param name="CreditAddress">The address that the credit line links to; null for no link.</param>
/// <param name="Width">The width in pixels; null when not known.</param>
/// <param name="Height">The height in pixels; null when not known.</param>
/// <param name="Sources">The picture in other widths, as a <c>srcset</c> value; null for none.</param>
public sealed record PostImage(
    string Address,
    string Alt,
    string? CreditText,
    string? CreditAddress,
    int? Width,
    int? Height,
    string? Sources
)
{
    /// <summary>The <c>sizes</c> value of a picture inside the text: as wide as the text.</summary>
    public const string Sizes = "(min-width: 48rem) 44rem, 100vw";

    /// <summary>The <c>sizes</c> value of a lead picture: wider than the text where there is room.</summary>
    public const string LeadSizes = "(min-width: 60rem) 54rem, 100vw";
}
