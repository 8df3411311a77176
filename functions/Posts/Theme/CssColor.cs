namespace ServerlessBlog.Posts.Theme;

/// <summary>
/// An opaque CSS colour: <c>#rgb</c>, <c>#rrggbb</c>, or one of the functions rgb, hsl and oklch with numbers
/// (https://www.w3.org/TR/css-color-4/). Nothing else is accepted, so that its text can stand in a stylesheet.
/// </summary>
public sealed partial class CssColor
{
    private const string Digits = @"(?:[0-9]{1,3}(?:\.[0-9]{1,5})?|\.[0-9]{1,5})";

    private CssColor(string text, double red, double green, double blue)
    {
        (Text, Luminance) = (text, (0.2126 * ToLinear(red)) + (0.7152 * ToLinear(green)) + (0.0722 * ToLinear(blue)));
        Rgb = (ToByte(red) << 16) | (ToByte(green) << 8) | ToByte(blue);
    }

    /// <summary>The colour as it was written, in lower case.</summary>
    public string Text { get; }

    /// <summary>The colour in sRGB: 0xRRGGBB.</summary>
    public int Rgb { get; }

    /// <summary>The relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it.</summary>
    public double Luminance { get; }

    /// <summary>Parses outside input. Returns false when it is no such colour; never throws.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "CSS is written in lower case.")]
    public static bool TryParse(string text, [NotNullWhen(true)] out CssColor? color)
    {
        text = text.ToLowerInvariant();
        color =
            Hex().Match(text) is { Success: true } hex ? FromHex(text, hex.Value[1..])
            : Function().Match(text) is { Success: true } function ? FromFunction(text, function)
            : null;
        return color is not null;
    }

    /// <summary>The contrast with another colour, 1 to 21, as WCAG 2.2 defines it.</summary>
    public double ContrastWith(CssColor other)
    {
        var (lighter, darker) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static CssColor FromHex(string text, string digits)
    {
        var all = digits.Length == 3 ? string.Concat(digits.Select(digit => $"{digit}{digit}")) : digits;
        var bytes = Convert.FromHexString(all);
        return new CssColor(text, bytes[0] / 255.0, bytes[1] / 255.0, bytes[2] / 255.0);
    }

    private static CssColor FromFunction(string text, Match function)
    {
        var parts = function.Groups["part"].Captures.Select(capture => capture.Value).ToArray();
        return function.Groups["name"].Value switch
        {
            "rgb" => new CssColor(text, Value(parts[0], 255), Value(parts[1], 255), Value(parts[2], 255)),
            "hsl" => FromHsl(text, parts),
            _ => FromOklch(text, parts),
        };
    }

    /// <summary>Hue, saturation and lightness (CSS Color 4, section 7.1).</summary>
    private static CssColor FromHsl(string text, string[] parts)
    {
        var (hue, saturation, lightness) = (Number(parts[0]), Value(parts[1], 100), Value(parts[2], 100));
        return new CssColor(text, Channel(0), Channel(8), Channel(4));

        double Channel(int offset)
        {
            var turn = (offset + (hue / 30)) % 12;
            var range = saturation * Math.Min(lightness, 1 - lightness);
            return lightness - (range * Math.Max(-1, Math.Min(Math.Min(turn - 3, 9 - turn), 1)));
        }
    }

    /// <summary>
    /// Lightness, chroma and hue in Oklab (CSS Color 4, section 9). Out of the gamut of sRGB, channels are clipped.
    /// </summary>
    private static CssColor FromOklch(string text, string[] parts)
    {
        var (lightness, chroma) = (Value(parts[0], 1), Value(parts[1], 1));
        var angle = Number(parts[2]) * Math.PI / 180;
        var (a, b) = (chroma * Math.Cos(angle), chroma * Math.Sin(angle));
        var l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        var m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        var s = Cube(lightness - (0.0894841775 * a) - (1.291485548 * b));
        return new CssColor(
            text,
            ToGamma((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            ToGamma((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            ToGamma((-0.0041960863 * l) - (0.7034186147 * m) + (1.707614701 * s))
        );
    }

    private static int ToByte(double channel) => (int)Math.Round(Math.Clamp(channel, 0, 1) * 255);

    private static double Cube(double value) => value * value * value;

    /// <summary>A number as a share of <paramref name="whole"/>, or a percentage: 0 to 1.</summary>
    private static double Value(string part, double whole) =>
        Math.Clamp(part.EndsWith('%') ? Number(part[..^1]) / 100 : Number(part) / whole, 0, 1);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double ToLinear(double channel) =>
        channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    private static double ToGamma(double channel)
    {
        var within = Math.Clamp(channel, 0, 1);
        return within <= 0.0031308 ? within * 12.92 : (1.055 * Math.Pow(within, 1 / 2.4)) - 0.055;
    }

    [GeneratedRegex(@"^#(?:[0-9a-f]{3}|[0-9a-f]{6})\z")]
    private static partial Regex Hex();

    [GeneratedRegex(
        @"^(?:(?<name>rgb)\((?<part>"
            + Digits
            + @")(?<s> |, ?)(?<part>"
            + Digits
            + @")\k<s>(?<part>"
            + Digits
            + ")"
            + @"|(?<name>hsl)\((?<part>"
            + Digits
            + @")(?:deg)?(?<s> |, ?)(?<part>"
            + Digits
            + @")%\k<s>(?<part>"
            + Digits
            + ")%"
            + @"|(?<name>oklch)\((?<part>"
            + Digits
            + "%?) (?<part>"
            + Digits
            + ") (?<part>"
            + Digits
            + ")(?:deg)?"
            + @")\)\z"
    )]
    private static partial Regex Function();
}
