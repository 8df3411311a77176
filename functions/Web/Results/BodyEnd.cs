namespace ServerlessBlog.Web.Results;

/// <summary>
/// Passes a request's body on and keeps its last 8 KiB. ASP.NET Core accepts a multipart body that ends after the
/// boundary of a part, so that a form cut off there would lose its other fields in silence.
/// </summary>
internal sealed class BodyEnd(Stream body) : Stream
{
    private readonly byte[] _last = new byte[8 * 1024];

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether these bytes are among the last 8 KiB that were read.</summary>
    public bool Contains(ReadOnlySpan<byte> bytes) => _last.AsSpan().IndexOf(bytes) >= 0;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        var kept = Math.Min(count, _last.Length);
        _last.AsSpan(kept).CopyTo(_last);
        buffer.Span[(count - kept)..count].CopyTo(_last.AsSpan(_last.Length - kept));
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();
}
