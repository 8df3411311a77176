namespace ServerlessBlog.Web.Content;

/// <summary>The picture above a post's text.</summary>
/// <param name="Address">Where the picture is.</param>
/// <param name="Alt">What it shows, in words; empty when it is decoration.</param>
/// <param name="CreditText">Whose it is; null to leave the line out.</param>
/// <param name="CreditAddress">Where the credit links to; null for no link.</param>
/// <param name="Width">In pixels; null when not known.</param>
/// <param name="Height">In pixels; null when not known.</param>
/// <param name="Sources">The same picture in other widths, as <c>srcset</c> has it; null for none.</param>
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
    /// <summary>How wide a picture stands, as <c>sizes</c> has it: the text's width.</summary>
    public const string Sizes = "(min-width: 48rem) 44rem, 100vw";

    /// <summary>The same of the picture above a text, which is wider where there is room.</summary>
    public const string LeadSizes = "(min-width: 60rem) 54rem, 100vw";
}
