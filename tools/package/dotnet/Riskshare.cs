// riskshare from .NET: var a = Riskshare.Ask("risk", new[] { "plan.xlsx" }); a.Json holds the answer.
// Amounts are decimal text: decimal.Parse(text, CultureInfo.InvariantCulture) keeps every penny.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

public sealed class Riskshare
{
    const string Library = "riskshare_c";

    [StructLayout(LayoutKind.Sequential)]
    struct NamedFile { public IntPtr Name, Bytes; public UIntPtr Size; }

    [DllImport(Library)] static extern IntPtr riskshare_version();
    [DllImport(Library)] static extern IntPtr riskshare_ask(byte[] request, UIntPtr length, NamedFile[] files, UIntPtr count);
    [DllImport(Library)] static extern int riskshare_status(IntPtr answer);
    [DllImport(Library)] static extern IntPtr riskshare_part(IntPtr answer, int part, out UIntPtr length);
    [DllImport(Library)] static extern UIntPtr riskshare_made_count(IntPtr answer);
    [DllImport(Library)] static extern IntPtr riskshare_made_name(IntPtr answer, UIntPtr index);
    [DllImport(Library)] static extern IntPtr riskshare_made_bytes(IntPtr answer, UIntPtr index, out UIntPtr size);
    [DllImport(Library)] static extern void riskshare_free(IntPtr answer);
    [DllImport(Library)] static extern IntPtr riskshare_last_error();

    public int Status { get; private set; }
    public string Json { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Talk { get; private set; } = "";
    public Dictionary<string, byte[]> Made { get; } = new();

    public static string Version => Marshal.PtrToStringUTF8(riskshare_version())!;

    /// <summary>Works a command out. `options` as the command line has them, without "--".</summary>
    public static Riskshare Ask(string command, IEnumerable<string> files, object? options = null, bool text = false)
    {
        var names = files.ToArray();
        var request = JsonSerializer.SerializeToUtf8Bytes(new { command, files = names, options = options ?? new { }, json = true, text });
        var pinned = new List<GCHandle>();
        IntPtr Pin(byte[] bytes)
        {
            pinned.Add(GCHandle.Alloc(bytes, GCHandleType.Pinned));
            return pinned[^1].AddrOfPinnedObject();
        }
        var answer = IntPtr.Zero;
        try
        {
            var given = names.Select(name =>
            {
                var bytes = File.ReadAllBytes(name);
                return new NamedFile { Name = Pin(Encoding.UTF8.GetBytes(name + "\0")), Bytes = Pin(bytes), Size = (UIntPtr)bytes.Length };
            }).ToArray();
            answer = riskshare_ask(request, (UIntPtr)request.Length, given, (UIntPtr)given.Length);
            if (answer == IntPtr.Zero) throw new InvalidOperationException(Marshal.PtrToStringUTF8(riskshare_last_error()));
            string Part(int part) => Marshal.PtrToStringUTF8(riskshare_part(answer, part, out var length), (int)length);
            var made = new Riskshare { Status = riskshare_status(answer), Json = Part(0), Text = Part(1), Talk = Part(2) };
            for (ulong i = 0; i < (ulong)riskshare_made_count(answer); ++i)
            {
                var at = riskshare_made_bytes(answer, (UIntPtr)i, out var size);
                var bytes = new byte[(int)size];
                Marshal.Copy(at, bytes, 0, bytes.Length);
                made.Made[Marshal.PtrToStringUTF8(riskshare_made_name(answer, (UIntPtr)i))!] = bytes;
            }
            return made;
        }
        finally
        {
            riskshare_free(answer);
            foreach (var handle in pinned) handle.Free();
        }
    }
}
