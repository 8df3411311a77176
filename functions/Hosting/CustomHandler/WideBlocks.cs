using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>
/// Memory for Kestrel in blocks large enough for a page and its headers, so that a response is sent in one piece. With
/// the default blocks of 4 KiB, a page takes several, and sending a list of buffers is slower.
/// </summary>
public sealed class WideBlocks : IMemoryPoolFactory<byte>
{
    /// <summary>The size of a block in bytes; longer responses take several blocks.</summary>
    public const int Size = 32 * 1024;

    /// <summary>
    /// The maximum number of unused blocks kept for reuse; further ones are left to the garbage collector.
    /// </summary>
    public const int MaxIdle = 64;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<Block> _idle = new();

        /// <summary>The block returned last, which is probably still in the processor's cache.</summary>
        private Block? _last;

        public override int MaxBufferSize => Size;

        /// <exception cref="ArgumentOutOfRangeException">
        /// The requested size is larger than <see cref="Size"/>.
        /// </exception>
        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Size);
            return Interlocked.Exchange(ref _last, null) ?? (_idle.TryDequeue(out var block) ? block : new Block(this));
        }

        protected override void Dispose(bool disposing)
        {
            // The pool holds managed memory only.
        }

        private void TakeBack(Block block)
        {
            if (Interlocked.Exchange(ref _last, block) is { } other && _idle.Count < MaxIdle)
            {
                _idle.Enqueue(other);
            }
        }

        /// <summary>A block of pinned memory, which the kernel can read in place.</summary>
        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } =
                MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(Size, pinned: true), 0, Size);

            public void Dispose() => pool.TakeBack(this);
        }
    }
}
