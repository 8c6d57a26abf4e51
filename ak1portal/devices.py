"""Which devices a page may ask for: the camera where it is part of the work.

The browser then asks the person, too; any other page asks in vain.
"""

from functools import wraps

HEADER = "Permissions-Policy"
NONE = "camera=(), geolocation=(), microphone=()"
CAMERA = "camera=(self), geolocation=(), microphone=()"


def with_camera(view):
    """The page may use the camera of whoever opened it."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response[HEADER] = CAMERA
        return response

    return wrapper


class DevicesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault(HEADER, NONE)
        return response
