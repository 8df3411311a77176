using ServerlessBlog.Media;

namespace ServerlessBlog.Import;

/// <summary>
/// Tells the files of a site that readers open or download from those that its pages are built of, such as styles,
/// scripts and templates.
/// </summary>
internal static class SiteMedia
{
    private static readonly HashSet<string> Downloads = new(
        (
            ".7z .bib .bz2 .csv .dmg .doc .docx .epub .gz .ics .ipynb .jar .mobi .odp .ods .odt .pps .ppt .pptx .rar "
            + ".rtf .tar .tex .tgz .txt .xls .xlsx .xz .zip"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Files for machines with an extension of downloads.</summary>
    private static readonly HashSet<string> ForMachines = ["ads.txt", "humans.txt", "robots.txt", "security.txt"];

    /// <summary>Whether the container media takes a file: a picture, sound, film, document or archive.</summary>
    /// <param name="name">The name of the blob.</param>
    public static bool Contains(string name) =>
        MediaPath.TryFromBlob(StorageNames.Media, name, out var path)
        && (
            path.IsForReaders
            || (Downloads.Contains(Path.GetExtension(name)) && !ForMachines.Contains(Path.GetFileName(name)))
        );
}
