using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CustomerService.ServiceDefaults;

/// <summary>Hash of a form with files: of what its sections hold, and not of the boundary between them, which a
/// client chooses each time.</summary>
internal static class MultipartHash
{
    // As the framework has it for forms.
    private const int LongestBoundary = 128;

    /// <summary>Reads the body from its beginning; it must be one that can be read again. Null where the body
    /// is no such form, or a broken one.</summary>
    internal static async Task<byte[]?> OfAsync(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary
        )
        {
            return null;
        }

        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
            {
                ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition);
                foreach (
                    var text in new[]
                    {
                        disposition?.Name,
                        disposition?.FileName,
                        disposition?.FileNameStar,
                        section.ContentType,
                    }
                )
                {
                    Append(hash, Encoding.UTF8.GetBytes(HeaderUtilities.RemoveQuotes(text ?? default).Value ?? ""));
                }

                Append(hash, await SHA256.HashDataAsync(section.Body, request.HttpContext.RequestAborted));
            }

            return hash.GetHashAndReset();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // The endpoint that binds the form says so.
            return null;
        }
    }

    // With its length, so that no part can pass for the end of another.
    private static void Append(IncrementalHash hash, byte[] part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
